import { timelineDocumentWords as words } from '../../../contract/words/timeline';
import { countSeverities, documentFacts, tableColumns, type TimelineDocument } from './document';

/** Jira's wiki markup. */
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
    // An empty cell would make a heading of its neighbour.
    ...document.entries.map((entry) => `|${columns.map(([, read]) => escapeJira(read(entry)) || ' ').join('|')}|`),
  ];
}

/**
 * Text that stays text: no macro, link, mention, picture, emoticon, list or table. A backslash is no escape before itself (two are a
 * line break), so it becomes a number, as do what begins one and the colon of an address.
 */
function escapeJira(line: string): string {
  return line
    .replace(/[\\&]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/:(?=\S)/g, '&#58;')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}&#46;`)
    .replace(/[{}[\]|*_^+~?!@()-]|(?<!&)#/g, '\\$&');
}
