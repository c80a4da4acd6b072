import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { onDisk } from '../files/disk-errors';
import type { Vault } from './vault';

/** Deletes the vaults that earlier runs without a keychain left behind when they were killed. Nobody has their keys any more. */
export async function deleteOtherRuns(thisRun: string): Promise<void> {
  const parent = dirname(thisRun);
  const runs = await readdir(parent).catch(() => []);
  for (const run of runs.filter((name) => name !== basename(thisRun))) {
    await onDisk(() => rm(join(parent, run), { recursive: true, force: true }));
  }
}

/** Moves every session of one vault into another, notes and all, and closes the first. */
export async function moveSessions(from: Vault, to: Vault): Promise<void> {
  for (const { id, noteCount: _, ...record } of await from.list()) {
    const chunks = [];
    for (let index = 0; index < (await from.countChunks(id)); index++) chunks.push(await from.readChunk(id, index));
    await to.add(record, chunks, await from.readNotes(id));
  }
  await from.close();
}
