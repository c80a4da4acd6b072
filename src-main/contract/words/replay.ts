/** The only words that the replay frame adds to a recorded page. */
export const replayWords = {
  canvas: 'A drawing (canvas), not replayed by this version',
} as const;
