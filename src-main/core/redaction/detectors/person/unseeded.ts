import type { Finding } from '../finding';
import { findCjkNames } from './cjk';
import { capitalisesNouns } from './other-words';
import { findLowerCaseNames } from './lower-case';
import { hasContextCue } from './context-cues';
import {
  companyBehind,
  endsLikeCue,
  greetingBefore,
  introBefore,
  labelBefore,
  nameLink,
  particleBefore,
  signatureBefore,
  titleBefore,
} from './name-cues';
import { nameWords, type NameWord } from './words-of-text';

/** The longest name, in words. */
const partsLimit = 5;

/** Finds names that the recording's structure doesn't show: by lists of common names, and by the words around them. */
export function findUnseededNames(text: string): Finding[] {
  const words = nameWords(text);
  const found = words.length === 0 ? [] : findRuns(text, words);
  return found.concat(findLowerCaseNames(text), findCjkNames(text));
}

function findRuns(text: string, words: readonly NameWord[]): Finding[] {
  const found: Finding[] = [];
  // A heading capitalises every word; in a sentence a capital is a sign of a name.
  const hasSentence = /(?:^|[ ,.!?])\p{Ll}{2,}(?:[ ,.!?]|$)/u.test(text);
  const hasNouns = capitalisesNouns.test(text.length > 20_000 ? text.slice(0, 20_000) : text);
  for (let index = 0; index < words.length;) {
    const run = runFrom(text, words, index);
    for (const name of namesInRun(text, run, hasSentence && !hasNouns)) found.push(name);
    index += run.length;
  }
  return found;
}

/** Returns the words from here that are linked like the parts of one name. */
function runFrom(text: string, words: readonly NameWord[], from: number): NameWord[] {
  const run = [words[from] as NameWord];
  for (let index = from + 1; index < words.length; index++) {
    const [previous, next] = [words[index - 1] as NameWord, words[index] as NameWord];
    const gap = next.start - previous.end;
    if (gap > 18 || !nameLink.test(text.slice(previous.end, next.start))) break;
    run.push(next);
  }
  return run;
}

function namesInRun(text: string, run: readonly NameWord[], areCapitalsMeaningful: boolean): Finding[] {
  const found: Finding[] = [];
  for (let index = 0; index < run.length; index++) {
    const length = nameLength(text, run, index, areCapitalsMeaningful);
    if (length === 0) continue;
    const [first, last] = [run[index] as NameWord, run[index + length - 1] as NameWord];
    const particle =
      length === 1 || index === 0 ? particleBefore.exec(text.slice(Math.max(0, first.start - 10), first.start)) : null;
    const start = first.start - (particle && first.sort !== 'given' ? particle[0].length : 0);
    found.push({ start, end: last.end, kind: 'person' });
    index += length - 1;
  }
  return found;
}

/** Returns how many words from here form one name; 0 if they don't. */
function nameLength(text: string, run: readonly NameWord[], from: number, areCapitalsMeaningful: boolean): number {
  const first = run[from] as NameWord;
  if (first.sort === 'initial' && run[from + 1]?.sort === 'initial' && run[from + 2]?.sort === 'initial') return 0;
  const before = text.slice(Math.max(0, first.start - 60), first.start);
  const rest = run.slice(from, from + partsLimit);
  const other = rest.findIndex((word, index) => word.sort === 'other' && !(index > 0 && word.hasSurnameEnding));
  let parts = other < 0 ? rest : rest.slice(0, other);
  // A comma can be part of a name ("Raman, Priya"). It can also separate two persons, or a greeting from a sentence.
  const comma = parts.findIndex(
    (part, index) => index > 0 && text.slice((parts[index - 1] as NameWord).end, part.start).includes(','),
  );
  if (comma > 0 && !(comma === 1 && isSurnameFirst(parts))) parts = parts.slice(0, comma);
  const cue = endsLikeCue.test(before) ? cueBefore(before, text, first) : undefined;
  if (parts.length === 0) return cue === 'title' || cue === 'label' ? lengthAfterCue(rest, cue) : 0;
  const last = parts[parts.length - 1] as NameWord;
  if (companyBehind.test(text.slice(last.end, last.end + 14))) return 0;
  if (cue !== undefined) return withoutInitialTail(parts);
  const isName =
    isNameByItself(parts, areCapitalsMeaningful) ||
    (first.sort !== 'initial' && hasContextCue(parts, before, text.slice(last.end, last.end + 60)));
  return isName ? withoutInitialTail(parts) : 0;
}

/** Decides by the lists, and by how the parts are written. */
function isNameByItself(parts: readonly NameWord[], areCapitalsMeaningful: boolean): boolean {
  const has = (sort: NameWord['sort']): boolean => parts.some((part) => part.sort === sort);
  if (has('given')) return true;
  if (parts.length === 1) return has('surname') && areCapitalsMeaningful;
  const others = parts.filter(({ sort }) => sort !== 'initial' && sort !== 'other');
  if (others.length === 0) return false;
  if (has('surname') || hasMiddleInitial(parts) || parts.some(({ hasSurnameEnding }) => hasSurnameEnding)) return true;
  if (!areCapitalsMeaningful) return false;
  return has('doubtful-given') || (parts.length <= 4 && others.every(({ text: word }) => word.length >= 3));
}

/** Returns whether there is a single letter between two words, as in "Stephan M. Urner". */
function hasMiddleInitial(parts: readonly NameWord[]): boolean {
  return parts.some(
    ({ sort, text }, index) =>
      sort === 'initial' && text !== 'I' && index > 0 && (parts[index + 1]?.text.length ?? 0) > 2,
  );
}

function isSurnameFirst(parts: readonly NameWord[]): boolean {
  const [surname, given] = parts;
  return (
    (surname?.hasSurnameEnding === true || surname?.sort === 'surname' || surname?.sort === 'unknown') &&
    (given?.sort === 'given' || given?.sort === 'doubtful-given')
  );
}

function cueBefore(before: string, text: string, first: NameWord): 'title' | 'label' | 'greeting' | undefined {
  if (titleBefore.test(before)) return 'title';
  if (labelBefore.test(before)) return 'label';
  if (first.sort === 'other') return undefined;
  if (introBefore.test(before) || signatureBefore.test(before)) return 'greeting';
  // "Thanks Team" and "Hello World" are excluded earlier: their words are in the list of other words.
  return greetingBefore.test(before) && /^[\s,.!;:)]|^$|^ \p{L}/u.test(text.slice(first.end, first.end + 2))
    ? 'greeting'
    : undefined;
}

/** Returns the length of a name made of plain words. After a title one word is enough ("Mr. Brown"), after a label two are needed ("Name: Rose Gray"). */
function lengthAfterCue(rest: readonly NameWord[], cue: 'title' | 'label'): number {
  const names = rest.filter(({ hasSurnameEnding, sort }) => hasSurnameEnding || sort !== 'other').length;
  if (cue === 'title')
    return rest[0]?.hasSurnameEnding === true
      ? Math.min(rest.length, 2) - (rest.length > 1 && rest[1]?.sort === 'other' && !rest[1].hasSurnameEnding ? 1 : 0)
      : 0;
  return names >= 2 && rest.length <= 3 ? rest.length : 0;
}

/** Returns the length without a trailing "I": in "Anna Smith I" it belongs to the sentence. */
function withoutInitialTail(parts: readonly NameWord[]): number {
  const last = parts[parts.length - 1] as NameWord;
  return parts.length > 1 && last.sort === 'initial' && last.text === 'I' ? parts.length - 1 : parts.length;
}
