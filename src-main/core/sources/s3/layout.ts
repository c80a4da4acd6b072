/** How the names in a bucket are made up, such as `{user}/{date}/{id}.json.gz`. */
export interface BucketLayout {
  /** What a name says of whose session it is; undefined where the name doesn't fit. */
  read: (name: string) => { user: string } | undefined;
  /** The beginning of all names of a user, as far as the layout tells it. */
  prefixFor: (user: string) => string;
  hasUser: boolean;
}

const places = /(\{(?:user|id|date)\})/;

/**
 * A layout from its text: a place in braces holds what comes up to the text behind it, and never a slash.
 * Undefined for what is none: other words in braces, a brace alone, two places with nothing between them, two users.
 */
export function readLayout(text: string): BucketLayout | undefined {
  // Literals are at even indices, places between them.
  const pieces = text.split(places);
  const literals = pieces.filter((_, index) => index % 2 === 0);
  const named = pieces.filter((_, index) => index % 2 === 1);
  const isFine =
    literals.every((literal) => !/[{}]/.test(literal)) &&
    literals.slice(1, -1).every((literal) => literal !== '') &&
    named.filter((place) => place === '{user}').length <= 1;
  if (!isFine || text.length > 500) return undefined;
  const lead = literals[0] ?? '';
  return {
    hasUser: named.includes('{user}'),
    prefixFor: (user) => (named[0] === '{user}' ? `${lead}${user}` : lead),
    read: (name) => readName(name, literals, named),
  };
}

/** One way through a name, in one pass: a name is the server's and may be made to have many. */
function readName(name: string, literals: readonly string[], named: readonly string[]): { user: string } | undefined {
  let at = literals[0]?.length ?? 0;
  if (!name.startsWith(literals[0] ?? '')) return undefined;
  let user = '';
  for (const [index, place] of named.entries()) {
    const literal = literals[index + 1] ?? '';
    const isLast = index === named.length - 1;
    const end = isLast ? name.length - literal.length : name.indexOf(literal, at + 1);
    if (end <= at || (isLast && !name.endsWith(literal))) return undefined;
    const value = name.slice(at, end);
    if (value.includes('/')) return undefined;
    if (place === '{user}') user = value;
    at = end + literal.length;
  }
  return at === name.length ? { user } : undefined;
}
