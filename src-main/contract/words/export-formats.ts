import type { ExportFormat, FormatGroup, TicketFormat } from '../export-format';

/** Name and purpose of each export format. */
export const formatWords: Readonly<Record<ExportFormat, { name: string; about: string }>> = {
  html: { name: 'Report', about: 'An HTML page to read and print in any browser. Works with screen readers.' },
  pdf: { name: 'PDF', about: 'The report as a PDF' },
  'replay-html': {
    name: 'Replay page',
    about: 'A single page that replays the session in any browser, without Casement',
  },
  md: { name: 'Markdown', about: 'For GitHub, GitLab and chat' },
  jira: { name: 'Jira', about: 'Jira wiki markup' },
  zendesk: { name: 'Zendesk', about: 'A list that displays correctly in every ticket view' },
  csv: { name: 'CSV', about: 'For spreadsheets' },
  jsonl: { name: 'JSON Lines', about: 'For scripts, one object per line' },
  'timesketch-csv': { name: 'Timesketch CSV', about: 'For upload to Timesketch' },
  'timesketch-jsonl': { name: 'Timesketch JSONL', about: 'For upload to Timesketch; empty fields are omitted' },
  l2tcsv: { name: 'l2tcsv', about: 'For log2timeline, Plaso and similar tools' },
  ecs: { name: 'Elastic ECS', about: 'Elastic Common Schema, one document per line' },
  ocsf: { name: 'OCSF', about: 'Open Cybersecurity Schema Framework, for data lakes' },
  stix: { name: 'STIX', about: 'STIX bundle for threat intelligence' },
  otlp: { name: 'OTLP', about: 'Log records for OpenTelemetry collectors' },
  case: { name: 'Case file', about: 'Replay and timeline, protected by hashes, for anyone with Casement' },
};

export const formatGroupWords: Readonly<Record<FormatGroup, string>> = {
  people: 'For people',
  tickets: 'For tickets and chat',
  tools: 'For incident tools and scripts',
  evidence: 'For evidence',
};

/** Ticket systems that the formats can be pasted into. */
export const ticketSystems: Readonly<Record<TicketFormat, string>> = { md: 'GitHub', jira: 'Jira', zendesk: 'Zendesk' };
export const copyForTicket = (system: string): string => `Copy for ${system}`;
