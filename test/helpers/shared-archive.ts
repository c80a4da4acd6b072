import { readFileSync } from 'node:fs';
import { inputOf, openRecordings } from '../../src-main/core/recording/parse';
import { inflatePorts } from '../../src-main/node/inflate-ports';
import { sharedPath } from './shared';

/** A member of a tar archive in the folder beside the checkout. */
export async function readSharedMember(archive: string, wanted: string): Promise<Buffer> {
  for await (const { name, input } of openRecordings(inputOf(readFileSync(sharedPath(archive))), inflatePorts)) {
    if (name !== wanted) continue;
    const parts: Uint8Array[] = [];
    for await (const part of input.open()) parts.push(part);
    return Buffer.concat(parts);
  }
  throw new Error(`no ${wanted} in ${archive}`);
}
