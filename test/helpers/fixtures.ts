import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const shared = resolve(import.meta.dirname, '../../../shared');

/** A file of the folder that lies beside the checkout: recordings and payloads that are not shipped. */
export function sharedPath(path: string): string {
  return resolve(shared, path);
}

/** The folder isn't part of a clone; tests over the wider set of recordings run where it is there. */
export const hasShared = existsSync(shared);

/** A file under `resources/`, which every clone has. */
export function resourcePath(path: string): string {
  return resolve(import.meta.dirname, '../../resources', path);
}
