import type { Finding } from '../finding';
import { matchAll } from '../match-all';
import { hasContextCue } from './context-cues';
import { judge } from './words-of-text';

/** Finds names without capitals, as people type them. Requires strong evidence from the lists or the context. */
export function findLowerCaseNames(text: string): Finding[] {
  return [...findIntroduced(text), ...findListed(text)];
}

const intro =
  /(?<![\p{L}])(?:my name is|my name's|(?:full|first|last|middle|family|maiden) name is|surname is|name:|i am called|ich heiße|mein name ist|je m'appelle|me llamo|mi nombre es|mi chiamo|meu nome é|mijn naam is|jag heter|меня зовут) (\p{Ll}[\p{L}'-]{1,20}(?: \p{Ll}[\p{L}'-]{2,20})?)/giu;

/** Finds names after an introduction such as "my name is". */
function findIntroduced(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of matchAll(text, intro)) {
    const [whole, name = ''] = match;
    const parts = name.split(' ');
    const isPart = (part: string): boolean => judge(part).sort !== 'other' || judge(part).hasSurnameEnding;
    if (!isPart(parts[0] ?? '')) continue;
    const length = parts[1] !== undefined && isPart(parts[1]) ? name.length : (parts[0] ?? '').length;
    const start = match.index + whole.length - name.length;
    found.push({ start, end: start + length, kind: 'person' });
  }
  return found;
}

const word = /(?<![\p{L}\p{N}\p{M}_@/\\.#$'-])\p{Ll}[\p{L}'-]{2,20}(?![\p{L}\p{N}\p{M}_@/\\]|\.\p{L})/gu;
/** An optional initial and one more word. */
const surnameBehind = /^ (?:\p{Ll}\.? )?(\p{Ll}[\p{L}'-]{2,25})(?![\p{L}\p{N}_@/\\])/u;
const between = /^(?:, |, and |, or | and | or | & )$/;
/** At least this many given names in a row count as persons. */
const shortestList = 3;

/** Finds listed given names before a surname, in a row, or with a cue in the sentence. */
function findListed(text: string): Finding[] {
  const found: Finding[] = [];
  let row: Finding[] = [];
  const endRow = (): void => {
    // Not `push(...row)`: a row can have more names than a call can have arguments.
    if (row.length >= shortestList) for (const name of row) found.push(name);
    row = [];
  };
  for (const { 0: match, index } of matchAll(text, word)) {
    const name = match.replace(/'s$/, '');
    if (judge(name).sort !== 'given') continue;
    const end = index + name.length;
    const behind = text.slice(end, end + 60);
    const [whole = '', surname = ''] = surnameBehind.exec(behind) ?? [];
    const last = surname === '' ? undefined : judge(surname);
    if (last && (last.sort === 'surname' || (last.sort === 'unknown' && last.hasSurnameEnding)))
      found.push({ start: index, end: end + whole.length, kind: 'person' });
    else if (hasContextCue([], text.slice(Math.max(0, index - 60), index), behind))
      found.push({ start: index, end, kind: 'person' });
    const previous = row.at(-1);
    if (previous && !between.test(text.slice(previous.end, index))) endRow();
    row.push({ start: index, end, kind: 'person' });
  }
  endRow();
  return found;
}
