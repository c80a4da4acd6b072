/** The exported replay page. */
export const replayPageWords = {
  session: 'Session',
  sessionNumber: (number: number) => `Session ${number}`,
  tab: 'Tab',
  tabNumber: (number: number) => `Tab ${number}`,
  player: 'Replay',
  events: 'Events',
  eventsHint: 'Select an event to jump to it.',
  about: 'About this page',
  origin:
    'This is a recording of one user’s session in a web application, made by the application’s own recorder. It shows the ' +
    'pages as they were; it is not a video and not the application itself. Its controls do nothing, and it loads nothing from the network.',
  redacted:
    'Private data was removed before this page was created. Asterisks and grey areas mark what was hidden. Text that the user typed ' +
    'is never shown.',
  offline: 'This page is a single file. It works offline and makes no requests.',
  hidden: 'What was hidden',
  nothingHidden: 'Nothing had to be hidden.',
  hiddenLine: (channel: string, masked: number, dropped: number) =>
    `${channel}: ${[masked > 0 ? `${masked} masked` : '', dropped > 0 ? `${dropped} removed` : ''].filter(Boolean).join(', ')}`,
  keys: 'Space plays or pauses; arrow keys skip 5 seconds; Home and End jump to the start and end.',
  nothingToShow: 'No full snapshot of a page was recorded in this tab, so there is nothing to replay.',
  tooLarge: 'The recording of this session is too large for one page. Open the case file in Casement to replay it.',
  unreadable: 'The recording in this page can’t be read. The file may be incomplete. Download or copy it again.',
} as const;
