import { join } from 'node:path';
import { CasementError } from '../contract/errors';
import type { RpcContext } from '../contract/rpc';
import { software } from '../contract/software';
import type { WorkerMethods } from '../contract/worker';
import type { ReplayTemplate } from '../core/export/replay-template';
import { makeId } from '../node/make-id';
import { sqliteProgram } from '../node/search-index/sqlite-module';
import { loadReplayTemplate } from '../node/export/replay-template';
import { deleteOtherRuns, moveSessions } from '../node/vault/ephemeral-vault';
import type { Vault } from '../node/vault/vault';
import { CaseService } from './jobs/library/cases';
import { exportCase, previewCase, ticketOfCase } from './jobs/export/export-case';
import { exportStored, prepareStored, ticketOf, type ExportTarget } from './jobs/export/exports';
import { withScratch } from './jobs/import/import-recording';
import { FileImports } from './jobs/import/file-imports';
import { HiddenWindows } from './jobs/export/hidden-windows';
import { Imports } from './jobs/import/imports';
import { CasePreviews } from './jobs/replay/case-previews';
import { NoteScreenshots } from './jobs/export/note-screenshots';
import { Notes } from './jobs/library/notes';
import { openVaultWithSearch, type OpenVault } from './jobs/library/open-vault';
import { Previews } from './jobs/export/previews';
import { SharedPreparations } from './jobs/export/shared-preparations';
import { ReplayServer } from './jobs/replay/replay';
import { withTemporaryReplays } from './jobs/replay/replay-sources';
import { readTimelineBy } from './jobs/library/timelines';
import { KeyedMutex } from '../contract/shared/mutex';
import { findParentPort, serveParent, type MessagePortLike } from './rpc-server';

// The heavy work: the vault, imports, redaction, exports. This process has the vault's key, no other key, and no network code.
const previewEntries = 500;

const sqliteProgramPath = join(__dirname, sqliteProgram);

let opened: OpenVault | undefined;
const open = (): OpenVault => {
  if (!opened) throw new CasementError('worker-gone');
  return opened;
};
const vault = (): Vault => open().vault;
const madeNow = (): { software: string; generatedAt: string } => ({ software, generatedAt: new Date().toISOString() });
const readTemplate = (): Promise<ReplayTemplate> => loadReplayTemplate(__dirname);
/** Serialises the jobs that change the same session or case, by its id. */
const mutex = new KeyedMutex();
const imports = new Imports(mutex, Date.now, makeId);
const files = new FileImports(Date.now);
const cases = new CaseService(mutex, Date.now, makeId);
const notes = new Notes(() => makeId('n'));
const previews = new Previews(makeId);
const shared = new SharedPreparations();
const casePreviews = new CasePreviews(makeId);
const screenshots = new NoteScreenshots(makeId);
const replayed = withTemporaryReplays(
  vault,
  (id) => previews.find(id) ?? casePreviews.find(id) ?? screenshots.find(id),
);
const replays = new ReplayServer(() => replayed);

/** Gives an export what it needs of the app, such as the hidden windows for printing and screenshots, which are closed afterwards. */
async function withWindows<Result>(
  hasScreenshots: boolean,
  job: RpcContext<MessagePortLike>,
  use: (of: Pick<ExportTarget, 'readTemplate' | 'print' | 'takeScreenshots'>) => Promise<Result>,
): Promise<Result> {
  const windows = new HiddenWindows(job.ports[0], job.signal);
  const { print, show } = windows;
  const takeScreenshots: ExportTarget['takeScreenshots'] = hasScreenshots
    ? (sessions, taken, gate) => screenshots.take(sessions, taken, { show, gate, job })
    : undefined;
  try {
    return await use({ readTemplate, print, takeScreenshots });
  } finally {
    windows.close();
  }
}

serveParent<WorkerMethods>(findParentPort(), __dirname, {
  'vault.open': async ({ kept, thisRun, key, isForThisRun }) => {
    const before = opened;
    shared.clear();
    await previews.closeAll();
    await deleteOtherRuns(thisRun);
    opened = await openVaultWithSearch(isForThisRun ? thisRun : kept, key, isForThisRun, sqliteProgramPath);
    if (before) {
      await moveSessions(before.vault, opened.vault);
      await before.close();
    }
  },
  'vault.close': async () => {
    casePreviews.closeAll();
    shared.clear();
    await previews.closeAll();
    await opened?.close();
    opened = undefined;
  },

  'library.list': () => vault().list(),
  'library.remove': ({ id }) => {
    shared.clear();
    return vault().remove(id);
  },
  'library.restore': ({ id }) => vault().restore(id),

  'import.start': (start) => imports.start(vault(), start),
  'import.bytes': ({ importId, bytes, point }) => imports.addBytes(importId, bytes, point),
  'import.finish': async ({ importId, ...end }, job) => {
    const session = await imports.finish(importId, end, job);
    await replays.refresh(session.id);
    return session;
  },
  'import.abort': ({ importId, ...end }) => imports.abort(importId, end),
  'pull.interrupted': () => imports.interrupted(vault()),
  'pull.discard': ({ id }) => imports.discard(vault(), id),
  'import.file': ({ path, ...settings }, job) => files.importFile(vault(), path, settings, job),
  'import.paths': ({ paths, ...settings }, job) => files.importPaths(vault(), paths, settings, job),

  'case-preview.open': ({ path }) => casePreviews.make(path),
  'case-preview.close': ({ id }) => casePreviews.close(id),
  'replay.serve': async ({ id, windowId }, { ports }) => {
    const [port] = ports;
    if (!port) throw new CasementError('ipc-refused');
    return { windowId: await replays.serve(await replayed.get(id), windowId, port) };
  },
  'preview.open': async ({ id, ...choice }, job) =>
    previews.make(vault(), await vault().get(id), { ...choice, shared }, job),
  'preview.close': ({ id }) => previews.close(id),
  'timeline.get': ({ id, thresholds }) => readTimelineBy(vault(), mutex, id, thresholds),

  'search.query': (query, job) => open().search.query(query, job),
  'search.catch-up': (_, job) => open().search.catchUp(job),

  'note.list': ({ sessionId }) => vault().readNotes(sessionId),
  'note.add': ({ sessionId, note }) => notes.add(vault(), sessionId, note),
  'note.change': ({ sessionId, id, note }) => notes.edit(vault(), sessionId, id, note),
  'note.remove': ({ sessionId, id }) => notes.remove(vault(), sessionId, id),

  'case.list': () => cases.list(vault().cases),
  'case.get': ({ id }) => vault().cases.read(id),
  'case.create': (draft) => cases.create(vault().cases, draft),
  'case.change': ({ id, change }) => cases.change(vault().cases, id, change),
  'case.set-sessions': ({ id, sessionIds }) => cases.setSessions(vault().cases, id, sessionIds),
  'case.attach': ({ id, ...text }) => cases.attach(vault().cases, id, text),
  'case.detach': ({ id, attachmentId }) => cases.detach(vault().cases, id, attachmentId),
  'case.remove': ({ id }) => vault().cases.remove(id),
  'case.restore': ({ id }) => vault().cases.restore(id),

  'signers.read': () => vault().signers.read(),
  'signers.write': ({ signers }) => vault().signers.write(signers),
  'signers.set-aside': () => vault().signers.setAside(),

  'export.preview': async ({ id, ...choice }, job) => {
    const { entries, report } = await withScratch(vault(), async (scratch) =>
      prepareStored(vault(), await vault().get(id), { ...choice, shared, hasRecording: false }, scratch, job),
    );
    return { entries: entries.slice(0, previewEntries), total: entries.length, report };
  },
  'export.write': ({ id, hasScreenshots, ...target }, job) =>
    withWindows(hasScreenshots, job, async (ports) =>
      exportStored(vault(), await vault().get(id), { ...target, ...ports, shared }, madeNow(), job),
    ),
  'export.preview-case': async ({ id, ...choice }, job) => {
    const { entries, report } = await previewCase(vault(), await vault().cases.read(id), { ...choice, shared }, job);
    return { entries: entries.slice(0, previewEntries), total: entries.length, report };
  },
  'export.write-case': ({ id, hasScreenshots, ...target }, job) =>
    withWindows(hasScreenshots, job, async (ports) =>
      exportCase(vault(), await vault().cases.read(id), { ...target, ...ports, shared }, madeNow(), job),
    ),
  'export.ticket': async ({ id, ...choice }, job) =>
    ticketOf(vault(), await vault().get(id), { ...choice, shared }, madeNow(), job),
  'export.ticket-case': async ({ id, ...choice }, job) =>
    ticketOfCase(vault(), await vault().cases.read(id), { ...choice, shared }, madeNow(), job),
});
