/** A page's address for a list: queries, fragments and user names in addresses often are secrets, and a list needs none of them. */
export function withoutQuery(page: string): string {
  const bare = page.replace(/[?#].*$/s, '');
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
}
