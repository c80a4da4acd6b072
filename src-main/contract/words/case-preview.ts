/** The preview of a case file while it is verified and imported. */
export const lookWords = {
  label: 'Case file verification',
  checking: 'Verifying this case file… What you see is not verified yet.',
  importing: 'Every part of this case file matches its hash. Importing…',
  session: 'Session',
  laterTitle: 'Events appear after the import',
  later: 'Events and notes are listed here once the file is verified and imported. The replay continues.',
  refusedTitle: 'This case file failed verification',
  failedTitle: 'This case file could not be imported',
  refusedText: (why: string) => `${why} Don’t rely on what you saw. Nothing was imported.`,
  failedText: (why: string) => `${why} It has been closed.`,
  isCase: (title: string) => `“${title}” was added to your cases.`,
  openCase: 'Open case',
} as const;
