import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasCode } from '../../contract/errors';
import type { SessionId } from '../../contract/ids';
import { onDisk } from '../files/disk-errors';
import { copyTimeline, readParts, type SessionRecord, type Vault } from './vault';

/** Deletes the vaults of earlier runs without a keychain that were killed. Their keys are lost. */
export async function deleteOtherRuns(thisRun: string): Promise<void> {
  const parent = dirname(thisRun);
  const runs = await readdir(parent).catch(() => []);
  for (const run of runs.filter((name) => name !== basename(thisRun))) {
    await onDisk(() => rm(join(parent, run), { recursive: true, force: true }));
  }
}

/** Moves all sessions, notes, cases and signers of one vault into another, and closes the first. */
export async function moveSessions(from: Vault, to: Vault): Promise<void> {
  const moved = new Map<SessionId, SessionId>();
  for (const { id } of await from.list()) moved.set(id, await copySession(from, id, to));
  for (const each of await from.cases.list()) {
    await to.cases.write({ ...each, sessionIds: each.sessionIds.map((id) => moved.get(id) ?? id) });
  }
  await moveSigners(from, to);
  await from.close();
}

/**
 * Changes nothing if a list is damaged, and drops the signers added meanwhile: a damaged list must not make a key
 * known.
 */
async function moveSigners(from: Vault, to: Vault): Promise<void> {
  const named = await from.signers.read().catch(noneIfDamaged);
  const kept = await to.signers.read().catch(noneIfDamaged);
  if (!kept || !named || named.length === 0) return;
  const renamed = new Set(named.map(({ publicKey }) => publicKey));
  await to.signers.write([...kept.filter(({ publicKey }) => !renamed.has(publicKey)), ...named]);
}

function noneIfDamaged(error: unknown): undefined {
  if (hasCode(error, 'signers-damaged')) return undefined;
  throw error;
}

/** Returns the session's new id. */
async function copySession(from: Vault, id: string, to: Vault): Promise<SessionId> {
  const { id: _id, noteCount: _notes, errorCount: _errors, generation: _generation, ...record } = await from.get(id);
  const writer = await to.create();
  try {
    for (const segment of await from.segments(id)) {
      const { file: _file, ...plain } = segment;
      await writer.addSegment(plain, await from.readSegment(id, segment));
    }
    await copyTimeline(from, id, writer);
    const parts = await readParts(from, id);
    return (await writer.commit(record satisfies SessionRecord, parts, await from.readNotes(id))).id;
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
