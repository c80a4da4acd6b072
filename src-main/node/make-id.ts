import { randomBytes } from 'node:crypto';

/** Returns a new random id with this prefix, such as `case-1f0e…`. It fits the grammar of `contract/ids`. */
export function makeId(prefix: string): string {
  return `${prefix}-${randomBytes(8).toString('hex')}`;
}
