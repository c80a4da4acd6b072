import { parse } from 'tldts';
import type { Detector, Finding } from './finding';
import { matchAll } from './match-all';

const urlEnd = /[\s<>"`{}|\\^\u3000-\u303f\uff00-\uff60]/;
const longest = 4000;
const bare =
  /(?<![\p{L}\p{N}@._/=:\\-])((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,5}(?:xn--[a-z0-9-]{2,40}|\p{L}{2,24}))(?::\d{1,5})?((?:[/?#][^\s<>"`{}|\\^]{0,2000})?)(?![\p{L}\p{N}@(_-]|\.[\p{L}\p{N}])/gu;
/** Top-level domains that are also file extensions, properties of objects, or words that can follow a full stop without a blank. */
const doubtful: ReadonlySet<string> = new Set(
  'name id is so md py rs sh pl ps cc zip mov now next how one app dev work works new here map page link live data date list text color style length size value type key open save like do no as be by am us ms my me to it at in map ml st vi ad tv la cr ini cs ts js ai pm'.split(
    ' ',
  ),
);
const commonEndings: ReadonlySet<string> = new Set(
  'com org net edu gov mil int info biz io co xyz online shop store site tech cloud club top pro blog eu'.split(' '),
);

/** Finds URLs with a scheme, and hosts with a public suffix without one. A URL with a user name and password is of the kind `url-credentials`. */
export const findUrls: Detector = (text) => {
  const found: Finding[] = [];
  let free = 0;
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const scheme = /(?<![\p{L}\p{N}])[a-z][a-z0-9+.-]{1,24}$/iu.exec(text.slice(Math.max(free, at - 26), at))?.[0];
    if (scheme === undefined) continue;
    const end = endOfUrl(text, at + 3);
    if (end <= at + 4) continue;
    const authority = text.slice(at + 3, end).split(/[/?#]/, 1)[0] ?? '';
    const hasUser = /^[^@\s]*:[^@\s]+@/.test(authority);
    found.push({ start: at - scheme.length, end, kind: hasUser ? 'url-credentials' : 'url' });
    free = end;
    at = Math.max(at, end - 3);
  }
  if (!/[\p{L}\p{N}]\.\p{L}/u.test(text)) return found;
  for (const match of matchAll(text, bare)) {
    const [whole, host = '', rest = ''] = match;
    if (!isPublicHost(host, rest !== '')) continue;
    found.push({ start: match.index, end: match.index + trimEnd(whole).length, kind: 'url' });
  }
  return found.sort((a, b) => a.start - b.start);
};

function endOfUrl(text: string, from: number): number {
  const limit = Math.min(text.length, from + longest);
  let end = from;
  while (end < limit && !urlEnd.test(text.charAt(end))) end++;
  return from + trimEnd(text.slice(from, end)).length;
}

/** Removes the punctuation of the surrounding sentence. Keeps a closing bracket if the URL contains an opening one. */
function trimEnd(url: string): string {
  let end = url.length;
  for (; end > 0; end--) {
    const last = url.charAt(end - 1);
    if (last === ')' && url.slice(0, end).includes('(')) break;
    if (!/[.,;:!?'")\]*]/.test(last)) break;
  }
  return url.slice(0, end);
}

function isPublicHost(host: string, hasPath: boolean): boolean {
  const { isIcann, domain, publicSuffix } = parse(host);
  if (isIcann !== true || domain === null || publicSuffix === null) return false;
  const ending = host.slice(host.lastIndexOf('.') + 1);
  const isWritten = ending === ending.toLowerCase() || host === host.toUpperCase();
  if (!isWritten) return false;
  if (/^www\d?\./i.test(host) || publicSuffix.includes('.')) return true;
  const lower = ending.toLowerCase();
  if (doubtful.has(lower))
    return (
      hasPath &&
      lower.length > 1 &&
      /^[a-z\d-]{2,}\.[a-z]+$/i.test(host) &&
      !/^(?:md|py|rs|sh|js|ts|cs|zip)$/.test(lower)
    );
  return (
    commonEndings.has(lower) || lower.length === 2 || hasPath || !/^[a-z]+$/.test(lower) || host.split('.').length > 2
  );
}
