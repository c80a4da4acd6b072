import { severities, type TimelineEntry } from '../../../contract/timeline';
import { kindWords, severityWords, timelineDocumentWords } from '../../../contract/words/timeline';
import { documentFacts, hasSeveralWindows, showClock, showRelative, type TimelineDocument } from './document';

/** GitHub's Markdown, which the ticket systems that read any Markdown read too. */
export function writeMarkdown(document: TimelineDocument): string {
  const { title, entries } = document;
  const facts = documentFacts(document).map(([name, value]) => `- **${name}:** ${escapeMarkdown(value)}`);
  return [`# ${escapeMarkdown(title)}`, '', ...facts, '', writeSummary(entries), '', ...writeTable(document), ''].join(
    '\n',
  );
}

function writeSummary(entries: readonly TimelineEntry[]): string {
  const counts = [...severities].reverse().map((severity) => {
    const count = entries.filter((entry) => entry.severity === severity).length;
    return timelineDocumentWords.count(count, severity);
  });
  return `**${timelineDocumentWords.summary}:** ${counts.join(', ')}`;
}

function writeTable({ entries, startedAt }: TimelineDocument): string[] {
  if (entries.length === 0) return [timelineDocumentWords.empty];
  const words = timelineDocumentWords;
  const columns: [string, (entry: TimelineEntry) => string][] = [
    [words.time, ({ atMs }) => showRelative(atMs)],
    ...column(startedAt !== null, words.clock, ({ wallMs }) => (wallMs === null ? '' : showClock(wallMs))),
    ...column(hasSeveralWindows(entries), words.window, ({ windowId }) => windowId),
    [words.severity, ({ severity }) => severityWords[severity]],
    [words.kind, ({ kind }) => kindWords[kind]],
    [words.event, ({ text }) => text],
  ];
  const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(columns.map(([name]) => name)),
    row(columns.map(() => '---')),
    ...entries.map((entry) => row(columns.map(([, read]) => escapeMarkdown(read(entry))))),
  ];
}

function column(
  isShown: boolean,
  name: string,
  read: (entry: TimelineEntry) => string,
): [string, (entry: TimelineEntry) => string][] {
  return isShown ? [[name, read]] : [];
}

/**
 * Text that stays text. Mentions, references and mail addresses are made into links after the Markdown was read, where a
 * backslash is gone already; an empty comment behind `@` and `#` keeps them apart.
 */
function escapeMarkdown(line: string): string {
  return line
    .replace(/[\\`*_[\]<>|~$&{}]/g, '\\$&')
    .replace(/:(?=[a-z/+_-])/gi, '\\:')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/[@#]/g, '\\$&<!-- -->')
    .replace(/!(?=\\\[)/g, '\\!');
}
