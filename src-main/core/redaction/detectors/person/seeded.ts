import type { Finding } from '../finding';
import { normaliseText } from '../normal-text';
import { foldWord } from './fold-word';
import { isOtherWord } from './other-words';
import { matchAll } from '../match-all';

/** The number of known names that are searched for at most. */
const seedsLimit = 20_000;
const word = /[\p{L}\p{M}]+/gu;
const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const particles: ReadonlySet<string> = new Set(
  'van von de der den del della la le el al di da do dos das du bin ibn y e and of mr mrs ms dr jr sr'.split(' '),
);
const between = /^(?:[ \t\n\u00a0]{1,3}|, ?|\. ?|-|')$/;

interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Returns a detector of known names in any spelling: each part alone, in any order, with initials, ignoring case and marks. A part that is
 * also a plain word counts only if it is capitalised.
 */
export function seededNames(seeds: readonly string[]): (text: string) => Finding[] {
  const parts = new Set<string>();
  const initials = new Set<string>();
  const pieces = new Set<string>();
  for (const written of seeds.slice(0, seedsLimit)) {
    const seed = normaliseText(written).text.trim();
    if (withoutBlanks.test(seed)) addPieces(seed, pieces);
    for (const { 0: part } of matchAll(seed, word)) {
      const folded = foldWord(part);
      if (withoutBlanks.test(part) || particles.has(folded)) continue;
      if (part.length > 1) parts.add(folded);
      initials.add(folded.charAt(0));
    }
  }
  // Names in scripts without blanks can't be looked up word by word. The longest come first.
  const byFirst = new Map<string, string[]>();
  for (const piece of [...pieces].sort((a, b) => b.length - a.length)) {
    const same = byFirst.get(piece.charAt(0));
    if (same) same.push(piece);
    else byFirst.set(piece.charAt(0), [piece]);
  }

  return (text) => {
    const found = parts.size === 0 ? [] : findParts(text, parts, initials);
    return byFirst.size > 0 && withoutBlanks.test(text) ? found.concat(findPieces(text, byFirst)) : found;
  };
}

function addPieces(seed: string, pieces: Set<string>): void {
  const tokens = seed.split(/[\s·・]+/).filter((token) => token !== '');
  pieces.add(tokens.join(''));
  for (const token of tokens) if (token.length > 1) pieces.add(token);
  for (const separator of [' ', '·', '・']) if (tokens.length > 1) pieces.add(tokens.join(separator));
  const [whole = ''] = tokens;
  if (tokens.length === 1 && /^[\p{Script=Han}]{3,5}$/u.test(whole)) {
    pieces
      .add(whole.slice(1))
      .add(`${whole.slice(0, 1)} ${whole.slice(1)}`)
      .add(`${whole.slice(0, 2)} ${whole.slice(2)}`);
    for (const honorific of ['先生', '女士', '小姐', '様', 'さん', '氏'])
      pieces.add(whole.charAt(0) + honorific).add(whole.slice(0, 2) + honorific);
  } else if (tokens.length === 1 && /^\p{Script=Hangul}{3,4}$/u.test(whole)) pieces.add(whole.slice(1));
}

function findParts(text: string, parts: ReadonlySet<string>, initials: ReadonlySet<string>): Finding[] {
  const found: { start: number; end: number; kind: 'person' }[] = [];
  let waiting: Word | undefined;
  for (const { 0: written, index } of matchAll(text, word)) {
    const next = { start: index, end: index + written.length, text: written };
    const last = found[found.length - 1];
    const isNear = last !== undefined && next.start - last.end <= 3 && between.test(text.slice(last.end, next.start));
    if (isPart(written, parts)) {
      if (last && isNear) last.end = next.end;
      else
        found.push({
          start: joined(text, waiting, next) ? (waiting?.start ?? next.start) : next.start,
          end: next.end,
          kind: 'person',
        });
      waiting = undefined;
    } else if (written.length === 1 && initials.has(foldWord(written))) {
      if (last && isNear && /^\p{Lu}$/u.test(written) && written !== 'I') last.end = next.end;
      else if (!(waiting && joined(text, waiting, next))) waiting = next;
    } else if (last && isNear && particles.has(foldWord(written))) {
      waiting = undefined;
      const following = /^[ ']([\p{L}\p{M}]+)/u.exec(text.slice(next.end, next.end + 40))?.[1];
      if (following !== undefined && isPart(following, parts)) last.end = next.end;
    } else waiting = undefined;
  }
  return found;
}

/** Returns whether one or two initials directly precede the word. */
function joined(text: string, waiting: Word | undefined, next: Word): boolean {
  return (
    waiting !== undefined &&
    next.start - waiting.end <= 5 &&
    /^[. ]{1,3}(?:\p{L}[. ]{1,3})?$/u.test(text.slice(waiting.end, next.start))
  );
}

function isPart(written: string, parts: ReadonlySet<string>): boolean {
  if (written.length < 2) return false;
  const folded = foldWord(written);
  if (!parts.has(folded)) return false;
  const isCapital = /^\p{Lu}/u.test(written) || !/^\p{Ll}/u.test(written);
  return isCapital || (written.length >= 3 && !isOtherWord(folded));
}

function findPieces(text: string, byFirst: ReadonlyMap<string, readonly string[]>): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < text.length; at++) {
    const piece = byFirst.get(text.charAt(at))?.find((each) => text.startsWith(each, at));
    if (piece === undefined) continue;
    found.push({ start: at, end: at + piece.length, kind: 'person' });
    at += piece.length - 1;
  }
  return found;
}
