import type { TimelineFormat } from '../../../contract/export-format';
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
import { writeTimesketchCsv, writeTimesketchJsonLines } from './timesketch';
import { writeZendesk } from './zendesk';

export type { TimelineDocument } from './document';

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
