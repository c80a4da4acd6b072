import { CasementError } from '../../contract/errors';

/**
 * Returns a connection's origin in canonical form: `https://host` or `https://host:port`, lower case, no default port.
 * Throws `connection-address` for another scheme, a user name, a path, a query or a fragment: dropping one silently could
 * connect to another server than intended.
 */
export function normaliseOrigin(text: string): string {
  const url = parse(text.trim());
  const isBare = url?.username === '' && url.password === '' && url.pathname === '/' && !/[?#@\\\s]/.test(text.trim());
  if (url?.protocol !== 'https:' || url.hostname === '' || !isBare) throw new CasementError('connection-address');
  return url.origin;
}

function parse(text: string): URL | undefined {
  // A URL parser also accepts `https:host` and `https:\\host`.
  if (!/^https:\/\/[^/]/i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * Returns true for an unambiguous path: printable ASCII, one leading slash, no dot segments, no fragment. The connection
 * fixes the origin; this prevents a proxy in between from reading the path differently.
 */
export function isPlainPath(path: string): boolean {
  if (!/^\/(?!\/)[\x21-\x7e]*$/.test(path) || /[#\\]/.test(path)) return false;
  const segments = (path.split('?', 1)[0] ?? '').split('/');
  return !segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}
