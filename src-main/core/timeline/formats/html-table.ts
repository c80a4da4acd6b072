import type { Html } from './html-text';
import { markup } from './html-text';

/**
 * Writes a table with a heading. `id` is the id of the heading. The first cell of each row is the row's header. `below` is shown under
 * its row across the full width, and printed on the same page.
 */
export function writeSection(
  { id, title, caption, heads }: { id: string; title: string; caption: string; heads: readonly string[] },
  rows: readonly { className?: string; cells: readonly Html[]; below?: Html | undefined }[],
): Html {
  const writeBelow = (className: string, below: Html): Html =>
    markup`<tr class="${className}"><td class="below" colspan="${heads.length}">${below}</td></tr>\n`;
  const writeRow = ({ className = '', cells: [first, ...rest], below }: (typeof rows)[number]): Html =>
    markup`<tr class="${className}"><th scope="row">${first ? [first] : []}</th>${rest.map((cell) => markup`<td>${[cell]}</td>`)}</tr>\n${below ? [writeBelow(className, below)] : []}`;
  const bodies = rows.some(({ below }) => below)
    ? rows.map((row) => markup`<tbody class="whole">\n${[writeRow(row)]}</tbody>\n`)
    : [markup`<tbody>\n${rows.map(writeRow)}</tbody>\n`];
  return markup`<h2 id="${id}">${title}</h2>
<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
${bodies}</table>
</div>
`;
}
