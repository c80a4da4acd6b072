import { CasementError } from '../../contract/errors';

/** Text as one segment of a path, escaped as RFC 3986 wants it, so that it means the same to whoever signs and whoever reads. */
export function pathSegment(text: string): string {
  if (!isPathSegment(text)) throw new CasementError('remote-not-found');
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A lone `.` or `..` would be a step and not a name, whatever is escaped; half a surrogate pair can't be written at all. */
export function isPathSegment(text: string): boolean {
  return text !== '.' && text !== '..' && !/\p{Cs}/u.test(text);
}
