/**
 * Finds the positions of the rules in a style sheet's text. A full parser (css-tree) would build a tree of every selector and value and
 * serialize them again. Only the rules that a browser sees and their original text are needed here. So this parser reads only the syntax
 * that decides where a rule ends: blocks, strings, comments, escapes and unquoted URLs, as in css-syntax, in one pass without recursion.
 */
export interface RuleSpan {
  from: number;
  to: number;
  /** The content of its block; -1 if it has no block. */
  blockFrom: number;
  blockTo: number;
}

/** At-rules that Chromium keeps in a sheet's list. It drops all others. */
const blockRules: ReadonlySet<string> = new Set(
  `media supports font-face keyframes -webkit-keyframes page layer container property counter-style font-feature-values
  font-palette-values scope starting-style position-try view-transition function`.split(/\s+/),
);
const statementRules: ReadonlySet<string> = new Set(['import', 'namespace', 'layer']);
/** Vendor selectors of other browsers. Chromium drops a rule with one of them. */
const foreignSelector = /:-(?:moz|ms|o)-/;

enum Code {
  newline = 10,
  quote = 34,
  apostrophe = 39,
  open = 40,
  close = 41,
  star = 42,
  slash = 47,
  colon = 58,
  semicolon = 59,
  at = 64,
  openSquare = 91,
  backslash = 92,
  closeSquare = 93,
  openCurly = 123,
  closeCurly = 125,
}

/** Returns the rules of a complete sheet, or of the content of a rule's block, which has declarations between them. */
export function splitRules(css: string, isBlock = false): RuleSpan[] {
  const rules: RuleSpan[] = [];
  const closers: number[] = [];
  let from = -1;
  let blockFrom = -1;
  let isImportAllowed = true;
  const end = (to: number, blockTo: number): void => {
    if (from >= 0) {
      const span = { from, to, blockFrom, blockTo };
      if (isKept(css, span, isBlock, isImportAllowed)) {
        rules.push(span);
        if (!isEarly(css, from)) isImportAllowed = false;
      }
    }
    from = blockFrom = -1;
  };
  let at = 0;
  while (at < css.length) {
    const code = css.charCodeAt(at);
    if (code === Code.slash && css.charCodeAt(at + 1) === Code.star) {
      at = skipTo(css, '*/', at + 2);
      continue;
    }
    if (from < 0) {
      if (code <= 32 || (isBlock && code === Code.semicolon)) {
        at++;
        continue;
      }
      from = at;
    }
    switch (code) {
      case Code.quote:
      case Code.apostrophe:
        at = skipString(css, at + 1, code);
        continue;
      case Code.backslash:
        at += 2;
        continue;
      case Code.open:
        if (isAddress(css, at)) {
          at = skipAddress(css, at + 1);
          continue;
        }
        closers.push(Code.close);
        break;
      case Code.openSquare:
        closers.push(Code.closeSquare);
        break;
      case Code.openCurly:
        if (closers.length === 0) blockFrom = at + 1;
        closers.push(Code.closeCurly);
        break;
      case Code.close:
      case Code.closeSquare:
      case Code.closeCurly:
        if (closers.length > 0 && closers[closers.length - 1] === code) {
          closers.pop();
          if (code === Code.closeCurly && closers.length === 0) end(at + 1, at);
        }
        break;
      case Code.semicolon:
        if (closers.length === 0 && (isBlock || css.charCodeAt(from) === Code.at)) end(at + 1, -1);
        break;
    }
    at++;
  }
  // The end of a sheet closes everything that is still open.
  if (from >= 0 && (blockFrom >= 0 || css.charCodeAt(from) === Code.at)) end(css.length, css.length);
  return rules;
}

/** Returns the single rule in a text for `insertRule`; undefined if a browser would refuse the text. */
export function readOneRule(css: string): string | undefined {
  const [rule, ...others] = splitRules(css);
  return rule && others.length === 0 && css.slice(rule.to).trim() === '' ? css : undefined;
}

function isKept(css: string, { from, blockFrom }: RuleSpan, isBlock: boolean, isImportAllowed: boolean): boolean {
  if (css.charCodeAt(from) === Code.at) {
    const name = readAtName(css, from);
    if (blockFrom >= 0) return blockRules.has(name);
    if (name === 'import' || name === 'namespace') return isImportAllowed && !isBlock;
    return statementRules.has(name);
  }
  if (blockFrom < 0) return false;
  const selector = css.slice(from, blockFrom - 1);
  if (isBlock && selector.startsWith('--') && selector.includes(':')) return false;
  return selector.trim() !== '' && !foreignSelector.test(selector);
}

/** Returns whether an `@import` may still follow. */
function isEarly(css: string, from: number): boolean {
  return css.charCodeAt(from) === Code.at && statementRules.has(readAtName(css, from));
}

function readAtName(css: string, from: number): string {
  let to = from + 1;
  while (to < css.length && /[-\w]/.test(css.charAt(to))) to++;
  return css.slice(from + 1, to).toLowerCase();
}

function skipTo(css: string, mark: string, from: number): number {
  const at = css.indexOf(mark, from);
  return at < 0 ? css.length : at + mark.length;
}

/** Returns the offset after the closing quote. A string that isn't closed ends with its line. */
function skipString(css: string, from: number, quote: number): number {
  for (let at = from; at < css.length; at++) {
    const code = css.charCodeAt(at);
    if (code === Code.backslash) at++;
    else if (code === quote || code === Code.newline) return at + 1;
  }
  return css.length;
}

/** Returns whether this is the bracket of `url(` with an unquoted URL. */
function isAddress(css: string, at: number): boolean {
  if (at < 3 || css.slice(at - 3, at).toLowerCase() !== 'url') return false;
  let next = at + 1;
  while (css.charCodeAt(next) <= 32) next++;
  const code = css.charCodeAt(next);
  return code !== Code.quote && code !== Code.apostrophe;
}

function skipAddress(css: string, from: number): number {
  for (let at = from; at < css.length; at++) {
    const code = css.charCodeAt(at);
    if (code === Code.backslash) at++;
    else if (code === Code.close) return at + 1;
  }
  return css.length;
}
