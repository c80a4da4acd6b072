import type { ImportSummary } from '../opened-files';
import { formatCount, plural } from './format';

type Counts = Pick<ImportSummary, 'imported' | 'present' | 'foreign' | 'links' | 'special'> & { refused: number };

/** The parts of `12 imported, 1 damaged or refused, 3 not recordings`, without what isn't there. */
function parts({ imported, present, foreign, links, special, refused }: Counts): string[] {
  const parts: [number, string][] = [
    [imported, 'imported'],
    [present, 'already there'],
    [refused, 'damaged or refused'],
    [foreign, foreign === 1 ? 'not a recording' : 'not recordings'],
    [links, links === 1 ? 'link not followed' : 'links not followed'],
    [special, special === 1 ? 'not a file' : 'not files'],
  ];
  return parts.filter(([count]) => count > 0).map(([count, words]) => `${formatCount(count)} ${words}`);
}

/** What becomes of files and folders that are opened at once. */
export const openedFilesWords = {
  importing: 'Importing files',
  isPresent: (title: string) => `${title} was in your library already.`,
  title: (imported: number) => (imported > 0 ? 'Files imported' : 'Nothing new was imported'),
  counts: (counts: Counts) => parts(counts).join(', '),
  toast: (counts: Counts) => `${parts(counts).join(', ') || 'Nothing was found in there'}.`,
  emptyTitle: 'There is no file in there',
  empty:
    'Casement looked through all that you chose and found no file. Recordings end in .json, .jsonl or .gz, case files in .casement.',
  noRecording: 'None of these files is a recording or a case file that Casement knows. They were left as they are.',
  kept: 'What was imported before is in your library.',
  rows: {
    imported: 'Imported',
    present: 'In your library already',
    refused: 'Damaged or refused',
    foreign: 'Not recordings, left alone',
    links: 'Links, not followed',
    special: 'Pipes and devices, left alone',
  } satisfies Record<keyof Counts, string>,
  refusedTitle: 'What could not be imported',
  more: (count: number) => `and ${plural(count, 'more file', 'more files')}`,
  openFirst: 'Open the first',
  show: 'Show',
  ofFiles: (done: number, total: number) => `${formatCount(done)} of ${plural(total, 'file', 'files')}`,
} as const;
