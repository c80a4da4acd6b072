/** The words of an exported replay page. */
export const replayPageWords = {
  session: 'Session',
  sessionNumber: (number: number) => `Session ${number}`,
  window: 'Window',
  windowNumber: (number: number) => `Window ${number}`,
  player: 'Replay',
  events: 'What happened',
  eventsHint: 'Choose an entry to go there.',
  about: 'About this page',
  origin:
    'This is a recording of one user’s session in a web application, made by the application’s own recorder. It is a picture of the ' +
    'pages as they were, not a film and not the application: nothing in it can be used, and nothing of it is fetched.',
  redacted:
    'Before it was written here, everything private was taken out of it. Stars and grey areas stand for what was hidden; what somebody ' +
    'typed is never shown.',
  offline: 'The page is one file. It works without a network and asks for nothing.',
  hidden: 'What was hidden',
  nothingHidden: 'Nothing had to be hidden.',
  hiddenLine: (channel: string, masked: number, dropped: number) =>
    `${channel}: ${[masked > 0 ? `${masked} masked` : '', dropped > 0 ? `${dropped} left out` : ''].filter(Boolean).join(', ')}`,
  keys: 'Space plays and stops, the arrows go 5 seconds back and on, Home and End to the ends.',
  nothingToShow: 'Of this window no full picture of a page was recorded, so there is nothing to replay.',
  tooLarge: 'The recording of this session is too large for one page. Open the case file with Casement to replay it.',
  unreadable: 'The recording in this page can’t be read. The file may be cut off: fetch or copy it again.',
} as const;
