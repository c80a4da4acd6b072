import { formatTable, type TicketFormat } from '../../../contract/export-format';
import type { TimelineEntry } from '../../../contract/timeline';
import type { TimelineDocument } from './document';

/**
 * Writes a ticket that its system accepts. A long timeline first loses all entries but failures, pages and notes, then its end. The
 * document reports how many entries are missing.
 */
export function fitTicket(
  write: (document: TimelineDocument) => string,
  document: TimelineDocument,
  format: TicketFormat,
): string {
  const fits = (text: string): boolean => text.length <= formatTable[format].ticketLimit;
  const complete = write(document);
  if (fits(complete)) return complete;
  const writeFirst = (count: number): string => write(shortenTo(document, count));
  let most = 0;
  for (let tooMany = document.entries.filter(isImportant).length + 1; tooMany - most > 1;) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(writeFirst(middle))) most = middle;
    else tooMany = middle;
  }
  return writeFirst(most);
}

/** Returns a document with at most `count` entries: all of them, or the first of the most important. It reports how many are missing. */
export function shortenTo(document: TimelineDocument, count: number): TimelineDocument {
  const { entries } = document;
  if (entries.length <= count) return document;
  const kept = entries.filter(isImportant).slice(0, count);
  return { ...document, entries: kept, omitted: entries.length - kept.length };
}

function isImportant({ kind, severity }: TimelineEntry): boolean {
  return severity !== 'info' || kind === 'navigation' || kind === 'note';
}
