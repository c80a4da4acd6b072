import type { JoinedEntry } from '../../../contract/timeline';
import { joinedWords, kindWords, timelineDocumentWords as words } from '../../../contract/words/timeline';
import {
  countSeverities,
  documentFacts,
  hasSeveralWindows,
  formatEntry,
  formatClock,
  formatRelative,
  type TimelineDocument,
} from './document';

/** Writes Zendesk's Markdown. It uses lists, since not every view of a ticket can show tables. */
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

/** Writes one entry. The kind is bold for warnings and errors. */
function writeLine(entry: JoinedEntry, hasWindows: boolean): string {
  const { atMs, wallMs, windowId, kind, severity } = entry;
  const clock = wallMs === null ? '' : ` (${formatClock(wallMs).replace('T', ' ')})`;
  const session = entry.session ? `, ${joinedWords.session(entry.session.number)}` : '';
  const window = hasWindows && windowId !== '' ? `, ${words.tab.toLowerCase()} ${escapeZendesk(windowId)}` : '';
  const name = severity === 'info' ? kindWords[kind] : `**${kindWords[kind]}**`;
  return `- ${formatRelative(atMs)}${clock}${session}${window} — ${name}: ${escapeZendesk(formatEntry(entry))}`;
}

const fullWidth: Readonly<Record<string, string>> = { '@': '＠', '#': '＃' };

/**
 * Escapes a text, so that it stays text. Mentions and ticket references become links after the Markdown was parsed; the full-width forms
 * of `@` and `#` prevent that, since an HTML comment would be visible here. `<` and `&` are written as entities.
 */
function escapeZendesk(line: string): string {
  return line
    .replace(/[\\`*_[\]|~${}!]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:(?=[a-z/+_-])/gi, '\\:')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/[@#]/g, (character) => fullWidth[character] ?? '');
}
