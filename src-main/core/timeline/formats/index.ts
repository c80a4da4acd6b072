import type { TicketFormat, TimelineFormat } from '../../../contract/export-format';
import { writeCsv } from './csv';
import { cleanDocument, type TimelineDocument } from './document';
import { writeEcs } from './ecs';
import { writeHtml } from './html';
import { writeJira } from './jira';
import { writeJsonLines } from './jsonl';
import { writeL2tCsv } from './l2tcsv';
import { writeMarkdown } from './markdown';
import { writeOcsf } from './ocsf';
import { writeOtlp } from './otlp';
import { writeStix } from './stix';
import { fitTicket, shortenTo } from './ticket';
import { writeTimesketchCsv, writeTimesketchJsonLines } from './timesketch';
import { writeZendesk } from './zendesk';

export type { MissingFacts, NoteScreenshot, ReportNote, TimelineDocument } from './document';

const writers: Readonly<Record<TimelineFormat, (document: TimelineDocument) => string>> = {
  md: writeMarkdown,
  jira: writeJira,
  zendesk: writeZendesk,
  html: writeHtml,
  csv: writeCsv,
  jsonl: writeJsonLines,
  'timesketch-csv': writeTimesketchCsv,
  'timesketch-jsonl': writeTimesketchJsonLines,
  l2tcsv: writeL2tCsv,
  ocsf: writeOcsf,
  ecs: writeEcs,
  stix: writeStix,
  otlp: writeOtlp,
};

/** Formats a timeline as the text of a file. Text from the recording is escaped, so that readers of the format don't interpret it. */
export function formatTimeline(format: TimelineFormat, document: TimelineDocument): string {
  return writers[format](cleanDocument(document));
}

/** Formats a timeline for a ticket: as much as the ticket system accepts, failures first. */
export function formatTicket(format: TicketFormat, document: TimelineDocument): string {
  return fitTicket(writers[format], cleanDocument(document), format);
}

/** A browser lays out all pages before it prints the first. This is the most entries, about 200 pages. */
const printedEntries = 6000;

/** Formats the report for printing. */
export function formatPrinted(document: TimelineDocument): string {
  return writeHtml(shortenTo(cleanDocument(document), printedEntries));
}
