/** The format of the names in a bucket, such as `{user}/{date}/{id}.json.gz`. */
export interface BucketLayout {
  /** Returns the parts of a name; undefined if it does not match. */
  read: (name: string) => { user: string } | undefined;
  /** Returns the prefix of all names of a user, as far as the layout determines it. */
  prefixFor: (user: string) => string;
  hasUser: boolean;
}

const placeholders = /(\{(?:user|id|date)\})/;

/**
 * Parses a layout. A placeholder matches up to the text behind it, and never a slash. Returns undefined for other
 * placeholders, an unpaired brace, two adjacent placeholders, or two users.
 */
export function readLayout(text: string): BucketLayout | undefined {
  // Literals are at even indices, placeholders between them.
  const pieces = text.split(placeholders);
  const literals = pieces.filter((_, index) => index % 2 === 0);
  const named = pieces.filter((_, index) => index % 2 === 1);
  const isFine =
    literals.every((literal) => !/[{}]/.test(literal)) &&
    literals.slice(1, -1).every((literal) => literal !== '') &&
    named.filter((placeholder) => placeholder === '{user}').length <= 1;
  if (!isFine || text.length > 500) return undefined;
  const lead = literals[0] ?? '';
  return {
    hasUser: named.includes('{user}'),
    prefixFor: (user) => (named[0] === '{user}' ? `${lead}${user}` : lead),
    read: (name) => readName(name, literals, named),
  };
}

/** Matches in one pass without backtracking, because the server chooses the name. */
function readName(name: string, literals: readonly string[], named: readonly string[]): { user: string } | undefined {
  let at = literals[0]?.length ?? 0;
  if (!name.startsWith(literals[0] ?? '')) return undefined;
  let user = '';
  for (const [index, placeholder] of named.entries()) {
    const literal = literals[index + 1] ?? '';
    const isLast = index === named.length - 1;
    const end = isLast ? name.length - literal.length : name.indexOf(literal, at + 1);
    if (end <= at || (isLast && !name.endsWith(literal))) return undefined;
    const value = name.slice(at, end);
    if (value.includes('/')) return undefined;
    if (placeholder === '{user}') user = value;
    at = end + literal.length;
  }
  return at === name.length ? { user } : undefined;
}
