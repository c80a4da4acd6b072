/**
 * Words and openings that make Casement's text read like a translation, each with what to write instead. Add a row when a reviewer
 * stumbles; a word that has a plain technical use as well needs a pattern that leaves this use alone.
 *
 * @typedef {{ pattern: RegExp, instead: string }} DialectRow
 */

/** @type {DialectRow[]} */
const words = [
  { pattern: /\banew\b/i, instead: 'again' },
  { pattern: /\bmend(s|ed|ing)?\b/i, instead: 'fix, repair' },
  { pattern: /\b(told|tells?|telling)\b(?! (?:\w+ )?apart)/i, instead: 'report, say, show, distinguish' },
  { pattern: /\bkin\b/i, instead: 'family, related' },
  { pattern: /\bdear(er|est)?\b/i, instead: 'expensive' },
  { pattern: /\b(is|are) none\b(?<!there (is|are) none)/i, instead: 'is not a …, does not exist' },
  {
    pattern:
      /(?<!there )\bis no\b(?! (longer|more|different|less|better|worse|slower|faster|larger|smaller|later|earlier)\b)/i,
    instead: 'is not a …',
  },
  { pattern: /\bso (many|long)\b(?! as\b| that\b)/i, instead: 'a number, the duration' },
  { pattern: /\bnobody\b/i, instead: 'no one, or name who' },
  { pattern: /\bhands? (it )?out\b/i, instead: 'returns, offers' },
  { pattern: /\bwhat came\b/i, instead: 'the data received' },
  { pattern: /\b(goes|go|went|going) (on|over to)\b(?! (sale|disk))/i, instead: 'continues, switches to' },
  { pattern: /\bbegun\b/i, instead: 'started' },
  { pattern: /\b(whoever|whosoever)\b/i, instead: 'anyone who' },
  { pattern: /\b(sees?|seen) to (it|that|the)\b/i, instead: 'makes sure' },
  { pattern: /\bon another way\b/i, instead: 'through a different channel' },
  { pattern: /\b(leads?|led) in a circle\b/i, instead: 'loops' },
  { pattern: /\bit is looked\b/i, instead: 'name who looks' },
  { pattern: /\bhowever (many|long|large|often)\b/i, instead: 'any number of, of any length' },
  { pattern: /\blies? (beside|in there|there)\b/i, instead: 'is next to, is in' },
  { pattern: /\bthe like\b/i, instead: 'similar …' },
];

/** How a doc comment must not begin: with a clause where a verb or a noun belongs. @type {DialectRow[]} */
const openings = [
  {
    pattern: /^(What|Where|How|Whether|Who|Whose|So)\b(?! (?:to|many) )/,
    instead: '"Returns …", "Reads …", or the noun itself',
  },
  { pattern: /^(One|That|Those|Such) (that|which|is|are|of)\b/, instead: 'the noun itself' },
];

/**
 * @param {string} text
 * @param {{ isDocComment?: boolean }} [options]
 * @returns {{ index: number, found: string, instead: string }[]} in the order of the table, at most one for each row
 */
export function findDialect(text, { isDocComment = false } = {}) {
  const rows = isDocComment ? [...words, ...openings] : words;
  return rows.flatMap(({ pattern, instead }) => {
    const match = pattern.exec(text);
    return match ? [{ index: match.index, found: match[0], instead }] : [];
  });
}

/**
 * The sentences of a Markdown page: code, addresses and tables' rules are blanked, so that offsets stay those of the page.
 * @param {string} page
 * @returns {string}
 */
export function readMarkdownText(page) {
  const blank = (/** @type {string} */ part) => part.replace(/[^\n]/g, ' ');
  return page
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, blank)
    .replace(/^(?: {4}|\t).*$/gm, blank)
    .replace(/`[^`\n]*`/g, blank)
    .replace(/\]\([^)\n]*\)/g, blank);
}
