/** The style sheet of an exported timeline. The page's content security policy contains its hash: change both together (a test checks it). */
export const timelineStyle = `
:root {
  color-scheme: light dark;
  --ink: #1b2430; --soft: #586474; --line: #dde3ea; --paper: #ffffff; --panel: #f5f7fa;
  --error: #b3261e; --error-wash: #fdeeed; --warning: #8a5a00; --warning-wash: #fff6e0; --info: #3f5a78; --note-wash: #eef4ff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6ebf2; --soft: #a3afbf; --line: #323c4a; --paper: #12171e; --panel: #1a212b;
    --error: #ff9a92; --error-wash: #34191a; --warning: #f0c05a; --warning-wash: #30270f; --info: #9fc0e4; --note-wash: #172338;
  }
}
@media (prefers-contrast: more) { :root { --soft: var(--ink); --line: currentColor; } }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 76rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1 { margin: 0 0 1.25rem; font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; text-wrap: balance; }
h2 { margin: 2rem 0 0.6rem; font-size: 0.8125rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--soft); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0.9rem 1.5rem; margin: 0; padding: 1.1rem 1.25rem; background: var(--panel); border: 1px solid var(--line); border-radius: 0.6rem; }
.facts dt { font-size: 0.8125rem; color: var(--soft); }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.summary { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0; padding: 0; list-style: none; }
.summary li { padding: 0.2rem 0.75rem; border: 1px solid var(--line); border-radius: 99rem; font-variant-numeric: tabular-nums; }
.sign { display: inline-block; width: 1.25em; }
.error .sign, li.error, .bar-error { color: var(--error); }
.warning .sign, li.warning, .bar-warning { color: var(--warning); }
.info .sign, .bar-info { color: var(--info); }
.strip { display: block; width: 100%; height: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 0.6rem; }
.scale { display: flex; justify-content: space-between; margin: 0.25rem 0.25rem 0; font-size: 0.8125rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
caption { padding: 0 0 0.6rem; text-align: start; color: var(--soft); font-size: 0.875rem; }
th, td { padding: 0.45rem 0.75rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
thead th { position: sticky; top: 0; background: var(--paper); font-size: 0.8125rem; color: var(--soft); white-space: nowrap; }
tbody th { font-weight: 600; }
td:not([class]) { min-width: 7rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
tbody th, td.clock, td.severity, td.kind, td.session, td.window { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.clock, td.kind { color: var(--soft); }
td.text { width: 99%; min-width: 16rem; overflow-wrap: anywhere; }
tr.error { background: var(--error-wash); }
tr.warning { background: var(--warning-wash); }
tr.error .severity, tr.error .text { font-weight: 600; }
tr.idle td.text { color: var(--soft); font-style: italic; }
tr.note { background: var(--note-wash); }
.whole tr:not(:last-child) > * { border-bottom: 0; }
td.below { padding-top: 0; color: var(--soft); }
td.below p { margin: 0; }
td.below img { display: block; width: auto; max-width: 100%; height: auto; max-height: 40rem; border: 1px solid var(--line); }
@media print {
  :root { color-scheme: light; --ink: #000000; --soft: #333333; --line: #999999; --paper: #ffffff; --panel: #ffffff; --error: #000000; --error-wash: #ffffff; --warning: #000000; --warning-wash: #ffffff; --info: #000000; --note-wash: #ffffff; }
  body { max-width: none; padding: 0 1px; font-size: 10pt; }
  thead { display: table-header-group; }
  thead th { position: static; }
  tr, .whole, .strip, caption { break-inside: avoid; }
  td.below img { max-height: 10cm; }
  h2, caption, thead { break-after: avoid; }
  thead + .whole { break-before: avoid; }
  .scroll { overflow: visible; }
}
`;

/** The SHA-256 of `timelineStyle`, base64. */
export const timelineStyleHash = '72UKl1XlYxF80rinc+XzGJL3Otfts2iiD3uKZcYEQ00=';
