import { readFileSync } from 'node:fs';
import { inputOf, openRecordings } from '../../src-main/core/recording/parse';
import { inflatePorts } from '../../src-main/node/intake/inflate-ports';
import { fixturePath } from './fixtures';

/** Returns the files of a tar archive under `test/fixtures`, named by the last part of their paths; a name may occur twice. */
export async function readFixtureMembers(archive: string): Promise<{ name: string; bytes: Buffer }[]> {
  const members: { name: string; bytes: Buffer }[] = [];
  for await (const { name, input } of openRecordings(inputOf(readFileSync(fixturePath(archive))), inflatePorts)) {
    const parts: Uint8Array[] = [];
    for await (const part of input.open()) parts.push(part);
    members.push({ name, bytes: Buffer.concat(parts) });
  }
  return members;
}

/** Returns one file of such an archive. Throws if there is none of that name. */
export async function readFixtureMember(archive: string, wanted: string): Promise<Buffer> {
  const member = (await readFixtureMembers(archive)).find(({ name }) => name === wanted);
  if (!member) throw new Error(`${archive} has no ${wanted}`);
  return member.bytes;
}
