import * as v from 'valibot';
import { caseEnding } from './case-format';

/** The audience of a format. */
export type FormatGroup = 'people' | 'tickets' | 'tools' | 'evidence';

interface FormatFacts {
  group: FormatGroup;
  /**
   * `timeline`: a timeline as text. `ticket`: the same, and it can be pasted into a ticket. The others hold more than text: the
   * printed report, the replay page, the case file.
   */
  kind: 'timeline' | 'ticket' | 'print' | 'replay' | 'case';
  /** The first part of a suggested file name, before the day. Formats with the same ending have different stems. */
  stem: string;
  /** The file name extension, without the dot. */
  ending: string;
  /** The report can show screenshots. */
  isReport?: true;
  /** The longest ticket, in characters: a little less than the system accepts, so that the user can add text of their own. */
  ticketLimit?: number;
}

/**
 * All export formats, in the order in which they are offered. A new format needs a row here, its words in
 * `words/export-formats` and, for a timeline, its writer in `core/timeline/formats`; the compiler reports what is missing.
 */
export const formatTable = {
  html: { group: 'people', kind: 'timeline', stem: 'report', ending: 'html', isReport: true },
  pdf: { group: 'people', kind: 'print', stem: 'report', ending: 'pdf', isReport: true },
  'replay-html': { group: 'people', kind: 'replay', stem: 'replay', ending: 'html' },
  md: { group: 'tickets', kind: 'ticket', stem: 'timeline', ending: 'md', ticketLimit: 60_000 },
  jira: { group: 'tickets', kind: 'ticket', stem: 'jira', ending: 'txt', ticketLimit: 30_000 },
  zendesk: { group: 'tickets', kind: 'ticket', stem: 'zendesk', ending: 'md', ticketLimit: 60_000 },
  // Timesketch accepts only these extensions.
  'timesketch-csv': { group: 'tools', kind: 'timeline', stem: 'timesketch', ending: 'csv' },
  'timesketch-jsonl': { group: 'tools', kind: 'timeline', stem: 'timesketch', ending: 'jsonl' },
  l2tcsv: { group: 'tools', kind: 'timeline', stem: 'l2t', ending: 'csv' },
  // Elastic's file upload expects JSON Lines to be named `ndjson`.
  ecs: { group: 'tools', kind: 'timeline', stem: 'ecs', ending: 'ndjson' },
  ocsf: { group: 'tools', kind: 'timeline', stem: 'ocsf', ending: 'jsonl' },
  stix: { group: 'tools', kind: 'timeline', stem: 'stix', ending: 'json' },
  otlp: { group: 'tools', kind: 'timeline', stem: 'otlp', ending: 'json' },
  csv: { group: 'tools', kind: 'timeline', stem: 'timeline', ending: 'csv' },
  jsonl: { group: 'tools', kind: 'timeline', stem: 'timeline', ending: 'jsonl' },
  case: { group: 'evidence', kind: 'case', stem: 'case', ending: caseEnding },
} as const satisfies Readonly<Record<string, FormatFacts>>;

type FormatsOf<Kind extends FormatFacts['kind']> = {
  [Format in ExportFormat]: (typeof formatTable)[Format]['kind'] extends Kind ? Format : never;
}[ExportFormat];

export type ExportFormat = keyof typeof formatTable;
/** The formats of a text timeline. */
export type TimelineFormat = FormatsOf<'timeline' | 'ticket'>;
/** The formats that can be pasted into a ticket: the markup that its system reads. */
export type TicketFormat = FormatsOf<'ticket'>;
/** The formats that can be written without a window. */
export type CommandLineFormat = FormatsOf<'timeline' | 'ticket' | 'replay'>;

const kindOf = (format: ExportFormat): FormatFacts['kind'] => formatTable[format].kind;
export const isTicketFormat = (format: ExportFormat): format is TicketFormat => kindOf(format) === 'ticket';
const isTimelineFormat = (format: ExportFormat): format is TimelineFormat =>
  kindOf(format) === 'timeline' || isTicketFormat(format);
const isCommandLineFormat = (format: ExportFormat): format is CommandLineFormat =>
  kindOf(format) === 'replay' || isTimelineFormat(format);

export const exportFormats = Object.keys(formatTable) as ExportFormat[];
export const timelineFormats = exportFormats.filter(isTimelineFormat);
export const ticketFormats = exportFormats.filter(isTicketFormat);
export const commandLineFormats = exportFormats.filter(isCommandLineFormat);

export const ExportFormat = v.picklist(exportFormats);
export const TimelineFormat = v.picklist(timelineFormats);
export const TicketFormat = v.picklist(ticketFormats);

/** Returns true for the formats of the report, which can show screenshots. */
export function isReport(format: ExportFormat): boolean {
  return 'isReport' in formatTable[format];
}
