import type { ImportSummary } from '../opened-files';
import { formatCount, plural } from './format';

type Counts = Pick<ImportSummary, 'imported' | 'present' | 'foreign' | 'links' | 'special'> & { refused: number };

/** Returns the parts of `12 imported, 1 damaged or rejected, 3 not recordings`, without those that are zero. */
function parts({ imported, present, foreign, links, special, refused }: Counts): string[] {
  const parts: [number, string][] = [
    [imported, 'imported'],
    [present, 'already in the library'],
    [refused, 'damaged or rejected'],
    [foreign, foreign === 1 ? 'not a recording' : 'not recordings'],
    [links, links === 1 ? 'link skipped' : 'links skipped'],
    [special, special === 1 ? 'not a file' : 'not files'],
  ];
  return parts.filter(([count]) => count > 0).map(([count, words]) => `${formatCount(count)} ${words}`);
}

/** The result of opening several files and folders at once. */
export const openedFilesWords = {
  importing: 'Importing files',
  isPresent: (title: string) => `${title} is already in your library.`,
  title: (imported: number) => (imported > 0 ? 'Files imported' : 'No new files imported'),
  counts: (counts: Counts) => parts(counts).join(', '),
  toast: (counts: Counts) => `${parts(counts).join(', ') || 'No files found'}.`,
  emptyTitle: 'No files found',
  empty: 'The items you opened contain no files. Recordings end in .json, .jsonl or .gz, case files in .casement.',
  noRecording: 'None of these files is a recording or case file that Casement supports. The files were not changed.',
  kept: 'Files imported before then are in your library.',
  rows: {
    imported: 'Imported',
    present: 'Already in your library',
    refused: 'Damaged or rejected',
    foreign: 'Not recordings, skipped',
    links: 'Links, skipped',
    special: 'Pipes and devices, skipped',
  } satisfies Record<keyof Counts, string>,
  refusedTitle: 'Files that could not be imported',
  more: (count: number) => `and ${plural(count, 'more file', 'more files')}`,
  openFirst: 'Open first session',
  show: 'Show',
  ofFiles: (done: number, total: number) => `${formatCount(done)} of ${plural(total, 'file', 'files')}`,
} as const;
