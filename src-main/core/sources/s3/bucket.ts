import type { FetchPort } from '../source';
import { isPathSegment, pathSegment } from '../path-segment';
import type { BucketLayout, BucketName } from './layout';

export interface Bucket {
  fetch: FetchPort;
  /** The path of the bucket itself. */
  root: string;
  prefix: string;
  names: BucketLayout | undefined;
}

/** The longest session id that the contract allows. */
const idLengthLimit = 200;

/** Returns true for a name that is safe in a path: no leading slash, no dot segments. */
export const isAskable = (key: string): boolean => !key.startsWith('/') && key.split('/').every(isPathSegment);

export const pathOf = ({ root }: Bucket, key: string): string =>
  `${root === '/' ? '' : root}/${key.split('/').map(pathSegment).join('/')}`;

export const isSessionId = (text: string): boolean => text !== '' && text.length <= idLengthLimit;

/** Returns what a key means in this bucket; undefined if it isn't part of a recording. */
export function readKey({ prefix, names }: Bucket, key: string): BucketName | undefined {
  if (!key.startsWith(prefix)) return undefined;
  const name = key.slice(prefix.length);
  return names ? names.read(name) : { user: '', id: '', session: name, part: '' };
}
