import type { Finding } from '../finding';
import { interfaceWords } from '../../interface-words';
import { isRandom } from './randomness';
import { strengthOfName } from './secret-names';
import { matchAll } from '../match-all';

/** The text between a name and its value in source code, settings, JSON, markup and prose. The value is matched by a lookahead. */
const assignment =
  /(?:[=:>|?]{1,4}|["'`]\s{0,2},(?=\s{0,2}["'`])|(?<=[\p{L}\d] )(?:is|was|lautet|est|es|to)(?= )|：|は)(?=["'`\])]{0,2}\s{0,5}(?:["'`]{1,3}|\\")?((?:(?:Bearer|Basic|Token|Bot) )?[^\s"'`<>;,(){}[\]\\=:|>?][^\s"'`<>;,(){}[\]\\]{3,400}))/giu;
const scheme = /^(?:bearer|basic|token|bot) /i;
const placeholder =
  /^(?:true|false|null|undefined|none|nil|\*+|•+|x+|\$\{?[\w.]+\}?|%\w+%|required|optional|https?:\/\/.*|\/\/.*)$/i;
const memberPath = /^[a-z_$]\w*(?:\.[a-z_$]\w*)+$/i;

/** Finds values that are assigned to a name of a secret. */
export function findAssigned(text: string): Finding[] {
  const found: Finding[] = [];
  let free = 0;
  for (const match of matchAll(text, assignment)) {
    const at = match.index;
    const raw = match[1] ?? '';
    const name = nameBefore(text, at, free);
    if (name === undefined) continue;
    const isProse = /^\p{L}/u.test(match[0]);
    const value = raw.replace(scheme, '').replace(/(?:\\[nr])?[.,!?:]*$/, '');
    const valueAt = text.indexOf(raw, at + match[0].length);
    const isQuoted = /["'`]$/.test(text.slice(at, valueAt));
    if (!isSecret(isProse ? lastWord(name) : name, value, isQuoted)) continue;
    const start = valueAt + raw.indexOf(value);
    if (start < free) continue;
    free = start + value.length;
    found.push({ start, end: free, kind: 'secret' });
  }
  return found;
}

const nameCharacter = /[\p{L}\p{N}_$. -]/u;
const nameLimit = 60;

/** Returns the name before an assignment, without closing quotes and brackets. */
function nameBefore(text: string, at: number, free: number): string | undefined {
  let end = at;
  while (end > free && at - end < 6 && '"\'`]\\ '.includes(text.charAt(end - 1))) end--;
  let start = end;
  while (start > free && end - start < nameLimit && nameCharacter.test(text.charAt(start - 1))) start--;
  return end > start ? text.slice(start, end) : undefined;
}

function lastWord(name: string): string {
  return name.trimEnd().split(' ').slice(-2).join(' ');
}

function isSecret(name: string, value: string, isQuoted: boolean): boolean {
  const strength = strengthOfName(name);
  if (strength === undefined || value.length < 4 || placeholder.test(value)) return false;
  // A path of properties isn't a secret.
  if (memberPath.test(value) && !/\d{2}/.test(value)) return false;
  if (strength === 'password') return looksChosen(value) || (isQuoted && isNoWord(value));
  return (
    value.length >= (strength === 'strong' ? 10 : 14) &&
    isRandom(value.slice(0, 200), strength === 'strong' ? 2.6 : 2.8)
  );
}

/** Returns whether a quoted word can be a password: it isn't a word of an interface. */
function isNoWord(value: string): boolean {
  return /^\p{Ll}{6,}$/u.test(value) && !interfaceWords.has(value);
}

/** Returns whether a value looks like a password: several types of characters, or digits. A plain word after "password:" is mostly prose. */
function looksChosen(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(value)).length;
  const isName = /^\p{Lu}?\p{Ll}+$/u.test(value);
  return (
    (kinds >= 2 && !isName) || /^\d{3,10}$/.test(value) || (value.length >= 8 && isRandom(value.slice(0, 200), 2.5))
  );
}
