import type { TimelineEntry } from '../../../contract/timeline';
import { timelineDocumentWords } from '../../../contract/words/timeline';
import { countSeverities, documentFacts, tableColumns, type TimelineDocument } from './document';

/** Writes GitHub Flavored Markdown, which other ticket systems with Markdown can read too. */
export function writeMarkdown(document: TimelineDocument): string {
  const { title, entries } = document;
  const facts = documentFacts(document).map(([name, value]) => `- **${name}:** ${escapeMarkdown(value)}`);
  return [`# ${escapeMarkdown(title)}`, '', ...facts, '', writeSummary(entries), '', ...writeTable(document), ''].join(
    '\n',
  );
}

function writeSummary(entries: readonly TimelineEntry[]): string {
  const counts = countSeverities(entries).map(([, words]) => words);
  return `**${timelineDocumentWords.summary}:** ${counts.join(', ')}`;
}

function writeTable(document: TimelineDocument): string[] {
  if (document.entries.length === 0) return [timelineDocumentWords.empty];
  const columns = tableColumns(document);
  const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(columns.map(([name]) => name)),
    row(columns.map(() => '---')),
    ...document.entries.map((entry) => row(columns.map(([, read]) => escapeMarkdown(read(entry))))),
  ];
}

/**
 * Escapes a text, so that it stays text. Mentions, references and email addresses become links after the Markdown was parsed, when the
 * backslashes are gone; an empty comment after `@` and `#` prevents that.
 */
function escapeMarkdown(line: string): string {
  return line
    .replace(/[\\`*_[\]<>|~$&{}]/g, '\\$&')
    .replace(/:(?=[a-z/+_-])/gi, '\\:')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`)
    .replace(/[@#]/g, '\\$&<!-- -->')
    .replace(/!(?=\\\[)/g, '\\!');
}
