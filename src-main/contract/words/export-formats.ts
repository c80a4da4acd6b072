import type { ExportFormat, FormatGroup, TicketFormat } from '../export-format';

/** What the formats of an export are called, and what each is for. */
export const formatWords: Readonly<Record<ExportFormat, { name: string; about: string }>> = {
  html: { name: 'Report', about: 'One HTML page to read, print and listen to, in any browser' },
  pdf: { name: 'PDF', about: 'The report, printed' },
  'replay-html': { name: 'Replay page', about: 'One page that replays the session in any browser, without Casement' },
  md: { name: 'Markdown', about: 'For GitHub, GitLab and chats' },
  jira: { name: 'Jira', about: 'Jira’s wiki markup' },
  zendesk: { name: 'Zendesk', about: 'A list that every view of a ticket shows' },
  csv: { name: 'CSV', about: 'For a spreadsheet' },
  jsonl: { name: 'JSON Lines', about: 'For scripts: one object a line' },
  'timesketch-csv': { name: 'Timesketch CSV', about: 'For Timesketch’s upload' },
  'timesketch-jsonl': { name: 'Timesketch JSONL', about: 'For Timesketch’s upload; fields without a value are absent' },
  l2tcsv: { name: 'l2tcsv', about: 'For log2timeline and Plaso’s kin' },
  ecs: { name: 'Elastic ECS', about: 'Elastic Common Schema, one document a line' },
  ocsf: { name: 'OCSF', about: 'Open Cybersecurity Schema Framework, for data lakes' },
  stix: { name: 'STIX', about: 'A bundle for threat intelligence' },
  otlp: { name: 'OTLP', about: 'Log records for OpenTelemetry collectors' },
  case: { name: 'Case file', about: 'Replay and timeline, sealed with hashes, for anyone with Casement' },
};

export const formatGroupWords: Readonly<Record<FormatGroup, string>> = {
  people: 'For people',
  tickets: 'For tickets and chats',
  tools: 'For incident tools and scripts',
  evidence: 'For evidence',
};

/** Where a ticket is pasted. */
export const ticketSystems: Readonly<Record<TicketFormat, string>> = { md: 'GitHub', jira: 'Jira', zendesk: 'Zendesk' };
export const copyForTicket = (system: string): string => `Copy for ${system}`;
