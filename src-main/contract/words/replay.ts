/** The only text that the replay frame adds to a recorded page. */
export const replayWords = {
  canvas: 'Canvas content can’t be shown',
  nothingYet: 'Nothing recorded in this tab yet',
  unreadable: 'This part of the recording can’t be shown',
} as const;
