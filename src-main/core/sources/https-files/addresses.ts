import { CasementError } from '../../../contract/errors';
import { pathSegment } from '../path-segment';

/**
 * Returns the path and query of an address that is absolute or relative to `base`. Returns undefined for another
 * origin, an address with a user name, or an invalid address. Drops the fragment.
 */
export function ownPath(address: string, origin: string, base = '/'): string | undefined {
  const from = new URL(base, origin);
  // A second slash or a backslash would start a host name, and the URL parser silently drops white space.
  if (/[\\\s]/.test(address) || !URL.canParse(address, from)) return undefined;
  const url = new URL(address, from);
  if (url.origin !== new URL(origin).origin || url.username !== '' || url.password !== '') return undefined;
  return url.pathname.startsWith('//') ? undefined : `${url.pathname}${url.search}`;
}

export type PathTemplate = (id: string) => string;

/** Stands in for the id while the rest of the address is checked. */
const idPlaceholder = 'casement-id-place';

/**
 * Parses an address template on the connection's own origin. The id becomes one escaped path segment or query value.
 * Throws `connection-address` for another host, and unless `{id}` occurs exactly once, outside the host.
 */
export function readTemplate(text: string, origin: string): PathTemplate {
  const path = ownPath(text.replace('{id}', idPlaceholder), origin);
  const [before, after, more] = path?.split(idPlaceholder) ?? [];
  const isFine = before !== undefined && after !== undefined && more === undefined && !/%7B|%7D|[{}]/i.test(path ?? '');
  if (!isFine) throw new CasementError('connection-address');
  return (id) => `${before}${pathSegment(id)}${after}`;
}
