import type { Html } from './html-text';
import { markup } from './html-text';

/** A table under a heading of its own. The first cell of each row is that row's heading; `id` names the heading. */
export function writeSection(
  { id, title, caption, heads }: { id: string; title: string; caption: string; heads: readonly string[] },
  rows: readonly { className?: string; cells: readonly Html[] }[],
): Html {
  const writeRow = ({ className = '', cells: [first, ...rest] }: (typeof rows)[number]): Html =>
    markup`<tr class="${className}"><th scope="row">${first ? [first] : []}</th>${rest.map((cell) => markup`<td>${[cell]}</td>`)}</tr>\n`;
  return markup`<h2 id="${id}">${title}</h2>
<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map(writeRow)}</tbody>
</table>
</div>
`;
}
