import { originWords } from './report';

export const libraryWords = {
  title: 'Library',
  about: 'Sessions you downloaded or opened, encrypted on this computer.',
  columns: {
    session: 'Session',
    recorded: 'Recorded',
    duration: 'Duration',
    events: 'Events',
    notes: 'Notes',
    added: 'Added',
  },
  label: 'Stored sessions',
  from: originWords,
  removeSession: (title: string) => `Remove ${title}`,
  removed: (title: string) => `${title} was removed.`,
  emptyTitle: 'No sessions yet',
  emptyText:
    'Sessions you download from a source, and files and folders you open or drop onto the window, are stored here.',
  filter: 'Filter the library',
  noneMatch: 'No sessions match the filter.',
} as const;

export const passphraseWords = {
  title: 'This case file is encrypted',
  about: 'Ask the person who created it for the passphrase. Its content is never written to disk unencrypted.',
  field: 'Passphrase',
  submit: 'Open',
} as const;
