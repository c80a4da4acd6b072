/** Removes the query, the fragment and the user name from a page's address: they are often secret, and a list needs none of them. */
export function withoutQuery(page: string): string {
  const bare = page.replace(/[?#].*$/s, '');
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
}
