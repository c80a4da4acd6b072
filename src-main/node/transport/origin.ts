import { CasementError } from '../../contract/errors';

/**
 * The origin of a connection, in the one way it is written: `https://host` or `https://host:port`, lower case, no default port.
 * Throws `connection-address` for another scheme, user names, a path, a query or a fragment: silently dropping what
 * somebody typed would connect them to something else than they meant.
 */
export function normaliseOrigin(text: string): string {
  const url = parse(text.trim());
  const isBare = url?.username === '' && url.password === '' && url.pathname === '/' && !/[?#@\\\s]/.test(text.trim());
  if (url?.protocol !== 'https:' || url.hostname === '' || !isBare) throw new CasementError('connection-address');
  return url.origin;
}

function parse(text: string): URL | undefined {
  // `https:host` and `https:\\host` are addresses to a URL parser, but not what anybody means to write.
  if (!/^https:\/\/[^/]/i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * True for a path that can only mean itself: printable ASCII, one leading slash, no dot segment, no fragment.
 * The origin is fixed by the connection, so this is about what a proxy in between might make of it.
 */
export function isPlainPath(path: string): boolean {
  if (!/^\/(?!\/)[\x21-\x7e]*$/.test(path) || /[#\\]/.test(path)) return false;
  const segments = (path.split('?', 1)[0] ?? '').split('/');
  return !segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}
