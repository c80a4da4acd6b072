import { isRecordingPart } from '../recording-parts';

/** A name that matches a layout. */
export interface BucketName {
  /** '' if the layout has no user. */
  user: string;
  /** The value of `{id}`; '' if the layout has none. */
  id: string;
  /** The name of the recording: the complete name, or without the part if a recording has several files. */
  session: string;
  /** The value of `{part}`; '' if each file is a recording. */
  part: string;
}

/** The format of the names in a bucket, such as `{user}/{date}/{id}.json.gz` or `{id}/batch-{part}.ndjson.gz`. */
export interface BucketLayout {
  /** Returns the parts of a name; undefined if it does not match. */
  read: (name: string) => BucketName | undefined;
  /** Returns the prefix of all names of a user, as far as the layout determines it. */
  prefixFor: (user: string) => string;
  /** Returns the prefix of all names with an id, as far as the layout determines it. */
  prefixForId: (id: string) => string;
  /** Returns the prefix of all parts of a recording. */
  partsPrefix: (session: string) => string;
  hasUser: boolean;
  hasId: boolean;
  /** A recording has several files. */
  hasParts: boolean;
}

const placeholders = /(\{(?:user|id|date|part)\})/;

interface Pieces {
  /** One more than the placeholders: the texts before, between and behind them. */
  literals: readonly string[];
  named: readonly string[];
}

/**
 * Parses a layout. A placeholder matches up to the text behind it, and never a slash; `{part}` must be the last one and matches the rest. A
 * layout that ends with a slash has one file per part in that folder. Returns undefined for other placeholders, an unpaired brace, two
 * adjacent placeholders, one that occurs twice, or parts without an id.
 */
export function readLayout(text: string): BucketLayout | undefined {
  const layout = text.endsWith('/') ? `${text}{part}` : text;
  // Literals are at even indices, placeholders between them.
  const pieces = layout.split(placeholders);
  const literals = pieces.filter((_, index) => index % 2 === 0);
  const named = pieces.filter((_, index) => index % 2 === 1);
  const hasParts = named.includes('{part}');
  const isOnce = (placeholder: string): boolean => named.filter((other) => other === placeholder).length <= 1;
  const isFine =
    literals.every((literal) => !/[{}]/.test(literal)) &&
    literals.slice(1, -1).every((literal) => literal !== '') &&
    isOnce('{user}') &&
    (!hasParts || (isOnce('{id}') && isOnce('{part}') && named.includes('{id}') && named.at(-1) === '{part}'));
  if (!isFine || layout.length > 500) return undefined;
  const lead = literals[0] ?? '';
  const leadTo = (placeholder: string, value: string): string => (named[0] === placeholder ? `${lead}${value}` : lead);
  const beforePart = literals.at(-2) ?? '';
  // With an id alone, it names the recording. Otherwise the names of its files do, up to the part.
  const isNamedById = hasParts && named.length === 2;
  return {
    hasUser: named.includes('{user}'),
    hasId: named.includes('{id}'),
    hasParts,
    prefixFor: (user) => leadTo('{user}', user),
    prefixForId: (id) => leadTo('{id}', id),
    partsPrefix: (session) => `${isNamedById ? lead : ''}${session}${beforePart}`,
    read(name) {
      const read = hasParts ? readPartName(name, { literals, named }) : readName(name, { literals, named });
      if (read === undefined) return undefined;
      return { ...read, session: isNamedById ? read.id : read.session };
    },
  };
}

/** Matches the part from the end, so that an id may contain the text before the part. */
function readPartName(name: string, { literals, named }: Pieces): BucketName | undefined {
  const [before = '', after = ''] = [literals.at(-2), literals.at(-1)];
  const end = name.length - after.length;
  const start = name.lastIndexOf(before, end - 1 - before.length);
  if (!name.endsWith(after) || start <= 0) return undefined;
  const part = name.slice(start + before.length, end);
  const head = name.slice(0, start);
  const read = readName(head, { literals: [...literals.slice(0, -2), ''], named: named.slice(0, -1) });
  if (read === undefined || part.includes('/') || !isRecordingPart(part)) return undefined;
  return { ...read, session: head, part };
}

/** Matches in one pass without backtracking, because the server chooses the name. */
function readName(name: string, { literals, named }: Pieces): BucketName | undefined {
  let at = literals[0]?.length ?? 0;
  if (!name.startsWith(literals[0] ?? '')) return undefined;
  const values = { user: '', id: '' };
  for (const [index, placeholder] of named.entries()) {
    const literal = literals[index + 1] ?? '';
    const isLast = index === named.length - 1;
    const end = isLast ? name.length - literal.length : name.indexOf(literal, at + 1);
    if (end <= at || (isLast && !name.endsWith(literal))) return undefined;
    const value = name.slice(at, end);
    if (value.includes('/')) return undefined;
    if (placeholder === '{user}') values.user = value;
    if (placeholder === '{id}') values.id = value;
    at = end + literal.length;
  }
  return at === name.length ? { ...values, session: name, part: '' } : undefined;
}
