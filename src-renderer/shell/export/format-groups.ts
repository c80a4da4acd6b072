import type { ExportFormat, TicketFormat } from '../../../src-main/contract/export-format';
import { ticketFormats } from '../../../src-main/contract/export-format';
import { formatGroupWords as words } from '../../../src-main/contract/words/export-formats';

/** The export formats grouped by audience, in display order. */
export const formatGroups: readonly { id: string; name: string; formats: readonly ExportFormat[] }[] = [
  { id: 'people', name: words.people, formats: ['html', 'pdf', 'replay-html'] },
  { id: 'tickets', name: words.tickets, formats: ticketFormats },
  {
    id: 'tools',
    name: words.tools,
    formats: ['timesketch-csv', 'timesketch-jsonl', 'l2tcsv', 'ecs', 'ocsf', 'stix', 'otlp', 'csv', 'jsonl'],
  },
  { id: 'evidence', name: words.evidence, formats: ['case'] },
];

export function isTicketFormat(format: ExportFormat): format is TicketFormat {
  return ticketFormats.some((ticket) => ticket === format);
}
