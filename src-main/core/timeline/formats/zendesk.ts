import type { TimelineEntry } from '../../../contract/timeline';
import { kindWords, timelineDocumentWords as words } from '../../../contract/words/timeline';
import {
  countSeverities,
  documentFacts,
  hasSeveralWindows,
  sayEntry,
  showClock,
  showRelative,
  type TimelineDocument,
} from './document';

/** Zendesk's Markdown, which has lists but no tables that every view of a ticket shows. */
export function writeZendesk(document: TimelineDocument): string {
  const { title, entries } = document;
  const facts = documentFacts(document).map(([name, value]) => `- **${name}:** ${escapeZendesk(value)}`);
  const counts = countSeverities(entries).map(([, count]) => count);
  const hasWindows = hasSeveralWindows(entries);
  return [
    `## ${escapeZendesk(title)}`,
    '',
    ...facts,
    '',
    `**${words.summary}:** ${counts.join(', ')}`,
    '',
    ...(entries.length === 0 ? [words.empty] : entries.map((entry) => writeLine(entry, hasWindows))),
    '',
  ].join('\n');
}

/** What went wrong stands out; the rest is read past. */
function writeLine(entry: TimelineEntry, hasWindows: boolean): string {
  const { atMs, wallMs, windowId, kind, severity } = entry;
  const clock = wallMs === null ? '' : ` (${showClock(wallMs).replace('T', ' ')})`;
  const window = hasWindows && windowId !== '' ? `, ${words.tab.toLowerCase()} ${escapeZendesk(windowId)}` : '';
  const name = severity === 'info' ? kindWords[kind] : `**${kindWords[kind]}**`;
  return `- ${showRelative(atMs)}${clock}${window} — ${name}: ${escapeZendesk(sayEntry(entry))}`;
}

const wide: Readonly<Record<string, string>> = { '@': '＠', '#': '＃' };

/**
 * Text that stays text. Comments of HTML would be shown here, so mentions and references to other tickets, which are made after the
 * Markdown was read, are kept apart by the wide forms of their signs. `<` and `&` are written as entities.
 */
function escapeZendesk(line: string): string {
  return line
    .replace(/[\\`*_[\]|~${}!]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:(?=[a-z/+_-])/gi, '\\:')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/[@#]/g, (sign) => wide[sign] ?? '');
}
