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

/** The addresses of recordings, or of their parts. */
export interface PathTemplate {
  /** The address has `{part}`: a recording has several files, with numbers. */
  hasParts: boolean;
  /** Returns the path of a recording, or of one of its parts. */
  pathOf: (id: string, part?: number) => string;
  /** Returns the id in an address of this form. */
  idIn: (path: string) => string | undefined;
}

/** Stand in for the id and the part while the rest of the address is checked. */
const idPlaceholder = 'casement-id-place';
const partPlaceholder = 'casement-part-place';

/**
 * Parses an address template on the connection's own origin. The id becomes one escaped path segment or query value; `{part}` becomes a number,
 * and `{part:4}` one of at least four digits. Throws `connection-address` for another host, and unless `{id}` occurs exactly once and `{part}`
 * at most once, outside the host.
 */
export function readTemplate(text: string, origin: string): PathTemplate {
  const template = parseTemplate(text.replace('{id}', idPlaceholder), origin);
  const [before, after, more] = template?.path.split(idPlaceholder) ?? [];
  if (template === undefined || before === undefined || after === undefined || more !== undefined) {
    throw new CasementError('connection-address');
  }
  const { numbered, hasParts } = template;
  return {
    hasParts,
    pathOf: (id, part = 0) => `${numbered(before, part)}${pathSegment(id)}${numbered(after, part)}`,
    idIn(path) {
      const [from, to] = [before, after].map(escapePattern);
      const found = new RegExp(`^${from}([^/?&#]+)${to}$`).exec(path)?.[1];
      return found === undefined ? undefined : decode(found);
    },
  };
}

/** Parses the address of a recording in an index, which may have `{part}`. Returns undefined unless it is on the connection's own origin. */
export function readPartPath(
  address: string,
  origin: string,
  base: string,
): { hasParts: boolean; pathOf: (part: number) => string } | undefined {
  const template = parseTemplate(address, origin, base);
  return template && { hasParts: template.hasParts, pathOf: (part) => template.numbered(template.path, part) };
}

function parseTemplate(
  text: string,
  origin: string,
  base?: string,
): { path: string; hasParts: boolean; numbered: (piece: string, part: number) => string } | undefined {
  const [placeholder, digits] = /\{part(?::(\d{1,2}))?\}/.exec(text) ?? [];
  const path = ownPath(placeholder === undefined ? text : text.replace(placeholder, partPlaceholder), origin, base);
  const isFine = path !== undefined && !/%7B|%7D|[{}]/i.test(path);
  if (!isFine || (placeholder !== undefined && path.split(partPlaceholder).length !== 2)) return undefined;
  const numbered = (piece: string, part: number): string =>
    piece.replace(partPlaceholder, String(part).padStart(Number(digits ?? 0), '0'));
  return { path, hasParts: placeholder !== undefined, numbered };
}

const escapePattern = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(partPlaceholder, '\\d+');

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
