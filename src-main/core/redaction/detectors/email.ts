import { parse } from 'tldts';
import type { Detector, Finding } from './finding';
import { matchAll } from './match-all';

const localEnd = /(?:"[^"\n]{1,64}"|[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~.-]{1,64})$/u;
const domain =
  /^(?:\[[\da-fA-F.:]{3,45}\]|[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]{0,62})(?:\.[\p{L}\p{N}\p{M}-]{1,63}){0,8})/u;
/** An obfuscated address. It needs a public suffix, because plain sentences contain "at" and "dot" as well. */
const spelledOut =
  /(?<![\p{L}\p{N}._%+-])([\p{L}\p{N}._%+-]{2,64}) ?(?:\[at\]|\(at\)|\{at\}|<at>| at ) ?([\p{L}\p{N}-]{1,63}(?: ?(?:\.|\[dot\]|\(dot\)|\{dot\}|<dot>| dot ) ?[\p{L}\p{N}-]{1,63}){1,4})/giu;

/** Finds email addresses: with tags, in any alphabet, quoted, and spelled out as "name at example dot com". */
export const findEmails: Detector = (text) => {
  const found: Finding[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const finding = emailAround(text, at, from);
    if (!finding) continue;
    found.push(finding);
    from = finding.end;
  }
  return /\bat\b/i.test(text) ? [...found, ...findSpelledOut(text)].sort((a, b) => a.start - b.start) : found;
};

function emailAround(text: string, at: number, from: number): Finding | undefined {
  const before = text.slice(Math.max(from, at - 66), at);
  let local = localEnd.exec(before)?.[0] ?? '';
  const after = domain.exec(text.slice(at + 1, at + 256))?.[0].replace(/[.-]+$/, '') ?? '';
  local = trimLocal(local);
  if (local === '' || after === '' || !isDomain(after)) return undefined;
  return { start: at - local.length, end: at + 1 + after.length, kind: 'email' };
}

/** Removes a prefix without a blank before the address, such as `mailto:`, `user=`, quotes and brackets. */
function trimLocal(local: string): string {
  if (local.startsWith('"')) return local;
  const cut = Math.max(
    local.lastIndexOf('='),
    local.lastIndexOf('/'),
    local.lastIndexOf('&'),
    local.lastIndexOf('?'),
    local.lastIndexOf('|'),
  );
  // An equals sign is rare in an address; it mostly follows the name of a field.
  return local.slice(cut + 1).replace(/^[^\p{L}\p{N}_]+/u, '');
}

function isDomain(name: string): boolean {
  if (name.startsWith('[')) return true;
  const labels = name.split('.');
  const last = labels[labels.length - 1] ?? '';
  return labels.length > 1 && !labels.includes('') && /^(?:xn--[a-z0-9-]+|\p{L}[\p{L}\p{M}]+)$/iu.test(last);
}

function findSpelledOut(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of matchAll(text, spelledOut)) {
    const [whole, local = '', rest = ''] = match;
    const isPlainAt = /^ at /i.test(whole.slice(local.length));
    const name = rest.replace(/ ?(?:\[dot\]|\(dot\)|\{dot\}|<dot>| dot ) ?/gi, '.').replace(/ /g, '');
    const { isIcann, domain: registered } = parse(name);
    if (isIcann !== true || registered === null) continue;
    // "Look at example.com" is a sentence; "jane at example dot com" is an address.
    if (isPlainAt && !/ dot |[[({<]dot[\])}>]/i.test(rest)) continue;
    found.push({ start: match.index, end: match.index + whole.length, kind: 'email' });
  }
  return found;
}
