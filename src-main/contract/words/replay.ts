/** The only words that the replay frame adds to a recorded page. */
export const replayWords = {
  canvas: 'A drawing (canvas) that can’t be shown',
  nothingYet: 'Nothing recorded yet in this tab',
  unreadable: 'This part of the recording can’t be shown',
} as const;
