import { timelineDocumentWords as words } from '../../../contract/words/timeline';
import { countSeverities, documentFacts, tableColumns, type TimelineDocument } from './document';

/** Writes Jira's wiki markup. */
export function writeJira(document: TimelineDocument): string {
  const { title, entries } = document;
  const facts = documentFacts(document).map(([name, value]) => `* *${name}:* ${escapeJira(value)}`);
  const counts = countSeverities(entries).map(([, count]) => count);
  return [
    `h2. ${escapeJira(title)}`,
    '',
    ...facts,
    '',
    `*${words.summary}:* ${counts.join(', ')}`,
    '',
    ...writeTable(document),
    '',
  ].join('\n');
}

function writeTable(document: TimelineDocument): string[] {
  if (document.entries.length === 0) return [words.empty];
  const columns = tableColumns(document);
  return [
    `||${columns.map(([name]) => name).join('||')}||`,
    // An empty cell would turn the next one into a header.
    ...document.entries.map((entry) => `|${columns.map(([, read]) => escapeJira(read(entry)) || ' ').join('|')}|`),
  ];
}

/**
 * Escapes a text, so that it contains no macro, link, mention, image, emoticon, list or table. A backslash cannot escape itself (two are
 * a line break), so it becomes a numeric character reference, as do `&` and the colon of an address.
 */
function escapeJira(line: string): string {
  return line
    .replace(/[\\&]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/:(?=\S)/g, '&#58;')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}&#46;`)
    .replace(/[{}[\]|*_^+~?!@()-]|(?<!&)#/g, '\\$&');
}
