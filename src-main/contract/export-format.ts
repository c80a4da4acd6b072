import * as v from 'valibot';
import { caseEnding } from './case-format';

/** The formats that a timeline has as text. */
export const timelineFormats = [
  'md',
  'jira',
  'zendesk',
  'html',
  'csv',
  'jsonl',
  'timesketch-csv',
  'timesketch-jsonl',
  'l2tcsv',
  'ocsf',
  'ecs',
  'stix',
  'otlp',
] as const;
export const TimelineFormat = v.picklist(timelineFormats);
export type TimelineFormat = v.InferOutput<typeof TimelineFormat>;

/** What is pasted into a ticket: the flavour of markup that its system reads. */
export const ticketFormats = ['md', 'jira', 'zendesk'] as const satisfies readonly TimelineFormat[];
export const TicketFormat = v.picklist(ticketFormats);
export type TicketFormat = v.InferOutput<typeof TicketFormat>;

/** What an export can be: a timeline, its report printed, or the whole session as a page that replays it or as a case file. */
export const exportFormats = [...timelineFormats, 'pdf', 'replay-html', 'case'] as const;
export const ExportFormat = v.picklist(exportFormats);
export type ExportFormat = v.InferOutput<typeof ExportFormat>;

/** The formats of the report, which can show pictures. */
const reportFormats: ReadonlySet<ExportFormat> = new Set(['html', 'pdf']);
export const isReport = (format: ExportFormat): boolean => reportFormats.has(format);

/** How a file's name ends in each. Timesketch takes no other endings than these; Elastic's upload knows lines of JSON as `ndjson`. */
export const exportEndings: Readonly<Record<ExportFormat, string>> = {
  md: 'md',
  jira: 'txt',
  zendesk: 'md',
  html: 'html',
  csv: 'csv',
  jsonl: 'jsonl',
  'timesketch-csv': 'csv',
  'timesketch-jsonl': 'jsonl',
  l2tcsv: 'csv',
  ocsf: 'jsonl',
  ecs: 'ndjson',
  stix: 'json',
  otlp: 'json',
  pdf: 'pdf',
  'replay-html': 'html',
  case: caseEnding,
};
