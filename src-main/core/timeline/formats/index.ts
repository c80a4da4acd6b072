import type { TimelineFormat } from '../../../contract/timeline';
import { writeCsv } from './csv';
import { cleanDocument, type TimelineDocument } from './document';
import { writeHtml } from './html';
import { writeJsonLines } from './jsonl';
import { writeMarkdown } from './markdown';

export type { TimelineDocument } from './document';

const writers: Readonly<Record<TimelineFormat, (document: TimelineDocument) => string>> = {
  md: writeMarkdown,
  html: writeHtml,
  csv: writeCsv,
  jsonl: writeJsonLines,
};

/** A timeline as a file's text. Whatever the recording holds comes out as text that no reader of the format acts on. */
export function formatTimeline(format: TimelineFormat, document: TimelineDocument): string {
  return writers[format](cleanDocument(document));
}
