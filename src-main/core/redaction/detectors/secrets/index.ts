import type { Detector, Finding } from '../finding';
import { findAssigned } from './find-assigned';
import { findTokens } from './find-tokens';
import { isRandom } from './randomness';
import { matchAll } from '../match-all';

const keyBlock = /-----BEGIN[ A-Z0-9_-]{0,60}(?:PRIVATE KEY|SECRET KEY)(?: BLOCK)?-----/g;
const keyBlockLimit = 20_000;
const header =
  /(?<![\p{L}])(?:bearer|basic|digest|negotiate|token|apikey|x-api-key|x-vault-token|private-token|authorization)["']?[ :="']{1,4}(?:(?:bearer|basic|token|digest) )?([A-Za-z0-9+/=_.~:-]{16,8000})/giu;
/** The length of the shortest name with a separator and the shortest value. */
const shortestHeader = 22;
/** `user:password@` in any URL, such as the connection string of a database. */
const connection =
  /(?<![\p{L}\p{N}])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'<>]{0,100}:([^\s@/"'<>]{1,200})@[^\s"'<>]{1,400}/giu;
const settings = /(?:password|pwd|accountkey|sharedaccesskey|sig)=([^;&\s"']{4,300})/gi;
/** User and password in quotes together or separately; one of them may be missing. */
const curlUser = /(?:-u|--user)[ =]{1,3}["']?([^\s:"']{0,100}["']?:["']?[^\s"']{3,200}|[^\s:"']{8,100}:)/g;
/** `<add key="ClearTextPassword" value="…" />` */
const attribute =
  /\b(?:key|name)=["'][\w .:-]{0,40}(?:passw(?:or)?d|pwd|secret|token|api[_-]?key)["'] {1,3}value=["']([^"'\n]{4,200})["']/gi;
/** Basic credentials can be shorter than other tokens. */
const basic = /authorization["']?[ :="']{1,4}basic ([A-Za-z0-9+/]{6,}={0,2})/gi;
/** Azure client secrets, which can start with punctuation. */
const azure = /(?<![\w~.-])([A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34})(?![\w~-])/g;
/** Bundler's credentials for private gem servers. */
const bundled = /\bBUNDLE_[A-Z\d_]{1,60}__[A-Z\d_]{1,40}["']? ?[=:] ?["']?(?![$<])([\w.:-]{8,200})/g;
/** A long random word is a secret in any context. */
const drawn = /(?<![\w/+.=~%-])(?=[A-Za-z0-9_+/-]{0,60}\d)[A-Za-z0-9_+/-]{28,200}={0,2}(?![\w/+.=~%-])/g;

const shortestDrawn = 28;

/** Finds keys, tokens and passwords by a service's form, by their context, or by the name that they are assigned to. */
export const findSecrets: Detector = (text) => {
  if (text.length < 8) return [];
  const found = [
    ...findTokens(text),
    ...findAssigned(text),
    ...findPlaced(text),
    ...findKeyBlocks(text),
    ...findDrawn(text),
  ];
  return withoutOverlaps(found);
};

function findPlaced(text: string): Finding[] {
  const found: Finding[] = [];
  const add = (pattern: RegExp, isWhole: boolean, isMeant: (value: string) => boolean): void => {
    for (const match of matchAll(text, pattern)) {
      const [whole, value = ''] = match;
      if (!isMeant(value)) continue;
      const offset = isWhole ? 0 : whole.lastIndexOf(value);
      found.push({
        start: match.index + offset,
        end: match.index + (isWhole ? whole.length : offset + value.length),
        kind: 'secret',
      });
    }
  };
  if (text.length >= shortestHeader) {
    add(header, false, (value) => isRandom(value, 2.5) || /[=]$/.test(value));
    add(basic, false, () => true);
  }
  if (text.includes('://')) add(connection, true, (value) => !/^\$?\{|^\d{2,5}$/.test(value));
  if (text.includes('=')) add(settings, false, (value) => !/^(?:\*+|true|false|null|\$\{.*)$/i.test(value));
  if (text.includes('-u')) add(curlUser, false, () => true);
  if (text.includes('Q~')) add(azure, false, () => true);
  if (text.includes('value=')) add(attribute, false, (value) => !/^[$%{]/.test(value));
  if (text.includes('BUNDLE_')) add(bundled, false, () => true);
  return found;
}

function findKeyBlocks(text: string): Finding[] {
  const found: Finding[] = [];
  let free = 0;
  for (const { 0: begin, index } of text.includes('-----BEGIN') ? matchAll(text, keyBlock) : []) {
    if (index < free) continue;
    const from = index + begin.length;
    const end = text.slice(from, from + keyBlockLimit).search(/-----END[ A-Z0-9_-]{0,70}-----/);
    const tail = end < 0 ? '' : (/^-----END[^-]{0,80}-----/.exec(text.slice(from + end, from + end + 90))?.[0] ?? '');
    // Without an end marker the text is cut off, so the rest belongs to the key.
    free = end < 0 ? Math.min(text.length, from + keyBlockLimit) : from + end + tail.length;
    found.push({ start: index, end: free, kind: 'secret' });
  }
  return found;
}

function findDrawn(text: string): Finding[] {
  const found: Finding[] = [];
  if (text.length < shortestDrawn) return found;
  for (const { 0: value, index } of matchAll(text, drawn)) {
    // Hex of 32, 40 or 64 digits is mostly a hash of a build or a file. Without a name it can't be identified as a secret.
    if (/^[a-f0-9-]+$/i.test(value) || !isDrawn(value)) continue;
    found.push({ start: index, end: index + value.length, kind: 'secret' });
  }
  return found;
}

/** Returns whether upper case, lower case and digits are mixed throughout. Paths and names contain complete words. */
function isDrawn(value: string): boolean {
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value) || (value.match(/\d/g) ?? []).length < 3) return false;
  return (
    isRandom(value, 3.8) &&
    !/[A-Za-z][a-z]{6,}/.test(value) &&
    value.split('/').every((part) => part.length === 0 || part.length > 8 || /\d/.test(part))
  );
}

function withoutOverlaps(found: Finding[]): Finding[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Finding[] = [];
  for (const next of found) {
    const last = kept[kept.length - 1];
    if (!last || next.start >= last.end) kept.push(next);
    else if (next.end > last.end) kept[kept.length - 1] = { ...last, end: next.end };
  }
  return kept;
}
