import { CasementError } from '../../../contract/errors';
import { pathSegment } from '../path-segment';

/**
 * The path and query of an address below an origin, or of one that is relative to `base`; undefined for one of another origin, with
 * a user name, or for what is no address. A fragment is dropped.
 */
export function ownPath(address: string, origin: string, base = '/'): string | undefined {
  const from = new URL(base, origin);
  // A second slash or a backslash would be a host, and white space is dropped unseen by the parser.
  if (/[\\\s]/.test(address) || !URL.canParse(address, from)) return undefined;
  const url = new URL(address, from);
  if (url.origin !== new URL(origin).origin || url.username !== '' || url.password !== '') return undefined;
  return url.pathname.startsWith('//') ? undefined : `${url.pathname}${url.search}`;
}

export type PathTemplate = (id: string) => string;

/** Stands in for the id while the address around it is checked. */
const place = 'casement-id-place';

/**
 * An address with `{id}` in it, below the connection's own origin. The id becomes one segment, or one value in the query, escaped.
 * Throws `connection-address` for another host, no `{id}` or more than one, or one in the host.
 */
export function readTemplate(text: string, origin: string): PathTemplate {
  const path = ownPath(text.replace('{id}', place), origin);
  const [before, after, more] = path?.split(place) ?? [];
  const isFine = before !== undefined && after !== undefined && more === undefined && !/%7B|%7D|[{}]/i.test(path ?? '');
  if (!isFine) throw new CasementError('connection-address');
  return (id) => `${before}${pathSegment(id)}${after}`;
}
