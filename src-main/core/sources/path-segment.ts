import { CasementError } from '../../contract/errors';

/** Escapes text as one path segment by RFC 3986, so that the signature and the server agree on it. */
export function pathSegment(text: string): string {
  if (!isPathSegment(text)) throw new CasementError('remote-not-found');
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Returns false for `.` and `..`, which navigate even if escaped, and for lone surrogates, which UTF-8 can't encode. */
export function isPathSegment(text: string): boolean {
  return text !== '.' && text !== '..' && !/\p{Cs}/u.test(text);
}
