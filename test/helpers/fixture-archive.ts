import { readFileSync } from 'node:fs';
import { inputOf, openRecordings } from '../../src-main/core/recording/parse';
import { inflatePorts } from '../../src-main/node/intake/inflate-ports';
import { sharedPath } from './fixtures';

/** The files of a tar archive in the folder beside the checkout, by the last part of their names: two of one name are two. */
export async function readSharedMembers(archive: string): Promise<{ name: string; bytes: Buffer }[]> {
  const members: { name: string; bytes: Buffer }[] = [];
  for await (const { name, input } of openRecordings(inputOf(readFileSync(sharedPath(archive))), inflatePorts)) {
    const parts: Uint8Array[] = [];
    for await (const part of input.open()) parts.push(part);
    members.push({ name, bytes: Buffer.concat(parts) });
  }
  return members;
}

/** One file of such an archive. */
export async function readSharedMember(archive: string, wanted: string): Promise<Buffer> {
  const member = (await readSharedMembers(archive)).find(({ name }) => name === wanted);
  if (!member) throw new Error(`no ${wanted} in ${archive}`);
  return member.bytes;
}
