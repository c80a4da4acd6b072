import type { TicketFormat } from '../../../contract/export-format';
import type { TimelineEntry } from '../../../contract/timeline';
import type { TimelineDocument } from './document';

/** What each system takes as one text, in characters: a little less than its limit, for what the user writes around it. */
const limits: Readonly<Record<TicketFormat, number>> = { md: 60_000, jira: 30_000, zendesk: 60_000 };

/**
 * Writes a ticket that its system takes. Of a long timeline first what is neither a failure, a page nor a note goes, then the end; the
 * document says how many entries are missing.
 */
export function fitTicket(
  write: (document: TimelineDocument) => string,
  document: TimelineDocument,
  format: TicketFormat,
): string {
  const fits = (text: string): boolean => text.length <= limits[format];
  const whole = write(document);
  if (fits(whole)) return whole;
  const writeFirst = (count: number): string => write(shortenTo(document, count));
  let most = 0;
  for (let tooMany = document.entries.filter(isTelling).length + 1; tooMany - most > 1;) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(writeFirst(middle))) most = middle;
    else tooMany = middle;
  }
  return writeFirst(most);
}

/** At most so many entries of a document: all, or the first of those that tell most. It says how many are missing. */
export function shortenTo(document: TimelineDocument, count: number): TimelineDocument {
  const { entries } = document;
  if (entries.length <= count) return document;
  const kept = entries.filter(isTelling).slice(0, count);
  return { ...document, entries: kept, omitted: entries.length - kept.length };
}

function isTelling({ kind, severity }: TimelineEntry): boolean {
  return severity !== 'info' || kind === 'navigation' || kind === 'note';
}
