import type { JoinedEntry } from '../../../contract/timeline';
import { kindWords, severityWords, timelineDocumentWords as words } from '../../../contract/words/timeline';
import {
  countSeverities,
  documentFacts,
  formatEntry,
  hasSeveralWindows,
  sessionNumber,
  type TimelineDocument,
} from './document';
import { hasScreenshots, writeCustody, writeHidden, writeNotes } from './html-report';
import { writeIcon } from './html-icon';
import { writeStrip } from './html-strip';
import { timelineStyle, timelineStyleHash } from './html-style';
import { Html, markup } from './html-text';
import { writeClock, writeRelative } from './html-time';

/** The page loads nothing and runs no scripts; its only style sheet is allowed by its hash. */
const contentPolicy = `default-src 'none'; style-src 'sha256-${timelineStyleHash}'; base-uri 'none'; form-action 'none'`;
/** Images are embedded in the page. */
const imagePolicy = `${contentPolicy}; img-src data:`;

/** Writes a self-contained page for the screen, for print and for screen readers. */
export function writeHtml(document: TimelineDocument): string {
  const { title, entries } = document;
  const facts = documentFacts(document).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`);
  const counts = countSeverities(entries).map(
    ([severity, count]) => markup`<li class="${severity}">${writeIcon(severity)}${count}</li>\n`,
  );
  const sections =
    entries.length === 0
      ? [markup`<p>${words.empty}</p>`]
      : [writeStrip(document), writeNotes(document), writeTable(document)];
  const content = [...sections, writeHidden(document), writeCustody(document)];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${hasScreenshots(document) ? imagePolicy : contentPolicy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(timelineStyle)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<dl class="facts">
${facts}</dl>
</header>
<main>
<h2>${words.summary}</h2>
<ul class="summary">
${counts}</ul>
${content}</main>
</body>
</html>
`.source;
}

interface Column {
  name: string;
  isShown: boolean;
  write: (entry: JoinedEntry) => Html;
}

function writeTable({ entries, startedAt, sessions }: TimelineDocument): Html {
  const all: Column[] = [
    { name: words.time, isShown: true, write: ({ atMs }) => markup`<th scope="row">${writeRelative(atMs)}</th>` },
    {
      name: words.clock,
      isShown: startedAt !== null,
      write: ({ wallMs }) => markup`<td class="clock">${writeClock(wallMs)}</td>`,
    },
    {
      name: words.session,
      isShown: sessions !== undefined,
      write: (entry) => markup`<td class="session">${sessionNumber(entry)}</td>`,
    },
    {
      name: words.tab,
      isShown: hasSeveralWindows(entries),
      write: ({ windowId }) => markup`<td class="window">${windowId}</td>`,
    },
    {
      name: words.severity,
      isShown: true,
      write: ({ severity }) => markup`<td class="severity">${writeIcon(severity)}${severityWords[severity]}</td>`,
    },
    { name: words.kind, isShown: true, write: ({ kind }) => markup`<td class="kind">${kindWords[kind]}</td>` },
    { name: words.event, isShown: true, write: (entry) => markup`<td class="text">${formatEntry(entry)}</td>` },
  ];
  const columns = all.filter(({ isShown }) => isShown);
  const heads = columns.map(({ name }) => markup`<th scope="col">${name}</th>`);
  const rows = entries.map(
    (entry) => markup`<tr class="${entry.severity} ${entry.kind}">${columns.map(({ write }) => write(entry))}</tr>\n`,
  );
  return markup`<h2 id="entries">${words.entries}</h2>
<div class="scroll" role="region" aria-labelledby="entries" tabindex="0">
<table>
<caption>${sessions ? words.captionOfSeveral : words.caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>
`;
}
