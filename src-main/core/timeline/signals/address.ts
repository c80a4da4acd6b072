import { toPlainLine } from '../../text/plain-line';

const addressLimit = 160;

/** An address without query, user and password; without its host where that is the page's own. */
function showAddress(address: string, page?: string): string {
  const url = parseAddress(address, page);
  if (!url) return toPlainLine(address.split(/[?#]/)[0] ?? '', addressLimit);
  const isOwn = page !== undefined && parseAddress(page)?.host === url.host;
  return toPlainLine(isOwn ? readable(url.pathname) : `${url.host}${readable(url.pathname)}`, addressLimit);
}

/** A path segment that looks like an id rather than a word: numbers, UUIDs, hashes, mail addresses, mixes of letters and digits. */
const idSegment =
  /^(\d+|[\da-f]{8}-[\da-f-]{27}|(?=[^/]*\d)[\da-f]{8,}|[^/]*@[^/]*|[^/]*%40[^/]*|(?=(?:[^/]*\d){3})(?=[^/]*[a-z])[\w-]{8,}|[\w-]{32,})$/i;

/** Like `showAddress`, with `:id` in place of what looks like an id: what requests of one kind have in common. */
export function showRoute(address: string, page?: string): string {
  return showAddress(address, page)
    .split('/')
    .map((segment, index) => (index > 0 && idSegment.test(segment) ? ':id' : segment))
    .join('/');
}

/** A page's address: with its host, and with the part after `#` where an application keeps its place in there. */
export function showPage(address: string): string {
  const url = parseAddress(address);
  if (!url) return toPlainLine(address.split(/[?#]/)[0] ?? '', addressLimit);
  const route = /^#!?\//.test(url.hash) ? (url.hash.split('?')[0] ?? '') : '';
  return toPlainLine(`${url.host}${readable(url.pathname)}${readable(route)}`, addressLimit);
}

/** Whether an address is of a page that somebody visits, other than the blank one that a browser starts with. */
export function isVisited(address: string): boolean {
  return address !== '' && !/^(about|data|blob|javascript):/i.test(address);
}

/** An address as a URL, a relative one against `base`; undefined for what is none. */
export function parseAddress(address: string, base?: string): URL | undefined {
  try {
    return base !== undefined && isVisited(base) ? new URL(address, base) : new URL(address);
  } catch {
    return undefined;
  }
}

function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
