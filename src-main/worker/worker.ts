import { randomBytes } from 'node:crypto';
import { CasementError } from '../contract/errors';
import { software } from '../contract/software';
import type { WorkerMethods } from '../contract/worker';
import { buildTimeline } from '../core/timeline/build';
import { FileVault } from '../node/vault/file-vault';
import { deleteOtherRuns, moveSessions } from '../node/vault/this-run';
import { readEvents, type Vault } from '../node/vault/vault';
import { exportStored, prepareStored } from './jobs/exports';
import { Imports } from './jobs/imports';
import { Notes } from './jobs/notes';
import { serveReplay } from './jobs/replay';
import { findParentPort, serveParent } from './rpc-server';

// The heavy work: the vault, imports, redaction, exports. It has the vault's key and no other, and no network code.
const previewEntries = 500;

let openVault: Vault | undefined;
const vault = (): Vault => {
  if (!openVault) throw new CasementError('worker-gone');
  return openVault;
};
const makeId = (prefix: string): string => `${prefix}-${randomBytes(8).toString('hex')}`;
const imports = new Imports(Date.now, makeId);
const notes = new Notes(() => makeId('n'));

serveParent<WorkerMethods>(findParentPort(), {
  'vault.open': async ({ kept, thisRun, key, isForThisRun }) => {
    const before = openVault;
    await deleteOtherRuns(thisRun);
    openVault = await FileVault.open(isForThisRun ? thisRun : kept, key, isForThisRun);
    if (before) await moveSessions(before, openVault);
    return null;
  },
  'vault.close': async () => {
    await openVault?.close();
    openVault = undefined;
    return null;
  },

  'library.list': () => vault().list(),
  'library.remove': async ({ id }) => {
    await vault().remove(id);
    return null;
  },
  'library.restore': ({ id }) => vault().restore(id),

  'import.start': () => imports.start(),
  'import.bytes': ({ importId, bytes }) => {
    imports.addBytes(importId, bytes);
    return null;
  },
  'import.finish': ({ importId, origin }, job) => imports.finish(vault(), importId, origin, job),
  'import.abort': ({ importId }) => {
    imports.abort(importId);
    return null;
  },
  'import.file': ({ path }, job) => imports.importFile(vault(), path, job),

  'replay.serve': async ({ id, windowId }, { ports }) => {
    const [port] = ports;
    if (!port) throw new CasementError('ipc-refused');
    return { windowId: await serveReplay(vault(), await vault().get(id), windowId, port) };
  },
  'timeline.get': async ({ id }) => {
    const events = [];
    for await (const event of readEvents(vault(), id)) events.push(event);
    const { startedAt } = (await vault().get(id)).facts;
    return buildTimeline(events, { times: 'absolute', startedAt });
  },

  'note.list': ({ sessionId }) => vault().readNotes(sessionId),
  'note.add': ({ sessionId, atMs, text }) => notes.add(vault(), sessionId, atMs, text),
  'note.change': ({ sessionId, id, text }) => notes.edit(vault(), sessionId, id, text),
  'note.remove': ({ sessionId, id }) => notes.remove(vault(), sessionId, id),

  'export.preview': async ({ id, policy, hasNotes }, job) => {
    const { entries, report } = await prepareStored(vault(), await vault().get(id), policy, hasNotes, job);
    return { entries: entries.slice(0, previewEntries), total: entries.length, report };
  },
  'export.write': async ({ id, ...target }, job) => {
    const facts = { software, generatedAt: new Date().toISOString() };
    return exportStored(vault(), await vault().get(id), target, facts, job);
  },
});
