import { toPlainLine } from '../../text/plain-line';

const addressLimit = 160;

/** Formats an address without its query, user and password, and without the host if it is that of the page. */
function formatAddress(address: string, page?: string): string {
  const url = parseAddress(address, page);
  if (!url) return toPlainLine(address.split(/[?#]/)[0] ?? '', addressLimit);
  const isOwn = page !== undefined && parseAddress(page)?.host === url.host;
  return toPlainLine(isOwn ? readable(url.pathname) : `${url.host}${readable(url.pathname)}`, addressLimit);
}

/** A path segment that looks like an id rather than a word: numbers, UUIDs, hashes, email addresses, mixes of letters and digits. */
const idSegment =
  /^(\d+|[\da-f]{8}-[\da-f-]{27}|(?=[^/]*\d)[\da-f]{8,}|[^/]*@[^/]*|[^/]*%40[^/]*|(?=(?:[^/]*\d){3})(?=[^/]*[a-z])[\w-]{8,}|[\w-]{32,})$/i;

/** Like `formatAddress`, with `:id` in place of ids, so that requests of one kind have the same route. */
export function formatRoute(address: string, page?: string): string {
  return formatAddress(address, page)
    .split('/')
    .map((segment, index) => (index > 0 && idSegment.test(segment) ? ':id' : segment))
    .join('/');
}

/** Formats a page's address: with its host, and with the fragment if it is the route of a single-page application. */
export function formatPage(address: string): string {
  const url = parseAddress(address);
  if (!url) return toPlainLine(address.split(/[?#]/)[0] ?? '', addressLimit);
  const route = /^#!?\//.test(url.hash) ? (url.hash.split('?')[0] ?? '') : '';
  return toPlainLine(`${url.host}${readable(url.pathname)}${readable(route)}`, addressLimit);
}

/** Returns true for the address of a page that a user visits, false for internal ones such as `about:blank`. */
export function isVisited(address: string): boolean {
  return address !== '' && !/^(about|data|blob|javascript):/i.test(address);
}

/** Parses an address, a relative one against `base`. Returns undefined if it is invalid. */
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
