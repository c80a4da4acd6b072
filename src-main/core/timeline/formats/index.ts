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

export type { NotePicture, ReportNote, TimelineDocument } from './document';

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

/** A timeline as a file's text. Whatever the recording holds comes out as text that no reader of the format acts on. */
export function formatTimeline(format: TimelineFormat, document: TimelineDocument): string {
  return writers[format](cleanDocument(document));
}

/** A timeline as what is pasted into a ticket: as much of it as the system takes, the failures before the rest. */
export function formatTicket(format: TicketFormat, document: TimelineDocument): string {
  return fitTicket(writers[format], cleanDocument(document), format);
}

/** A browser lays out all pages before it prints the first: of so many entries at most, some two hundred pages. */
const printedEntries = 6000;

/** The report as the page that is printed. */
export function formatPrinted(document: TimelineDocument): string {
  return writeHtml(shortenTo(cleanDocument(document), printedEntries));
}
