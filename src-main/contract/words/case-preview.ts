/** What the shell says while a case file is looked at that is not checked yet. */
export const lookWords = {
  label: 'Check of the case file',
  checking: 'Checking this case file… what you see is from a file that is not yet verified.',
  importing: 'Every part of this case file matches its hash. It is being imported…',
  session: 'Session',
  laterTitle: 'Events come with the import',
  later: 'Once the file is checked and imported, what happened and the notes are listed here, and the replay goes on.',
  refusedTitle: 'This case file is not what it claims to be',
  failedTitle: 'This case file could not be imported',
  refusedText: (why: string) => `${why} What you saw of it can’t be relied on, and nothing of it was kept.`,
  failedText: (why: string) => `${why} It is shown no longer.`,
  isCase: (title: string) => `“${title}” is among your cases now.`,
  openCase: 'Open the case',
} as const;
