import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { CasementError, hasCode } from '../../contract/errors';
import { SessionId } from '../../contract/ids';
import type { InterruptedPull } from '../../contract/pull';
import type { StoredSession } from '../../contract/session';
import type { Note } from '../../contract/note';
import type { TimelineEntry } from '../../contract/timeline';
import { upgradeEntry } from '../../core/timeline/upgrade';
import type { ImportOrigin } from '../../contract/worker';
import type { VisibleText } from '../../core/recording/model/visible-text';
import { makeId } from '../make-id';
import { onDisk } from '../files/disk-errors';
import { CaseStore } from './case-store';
import { PullJournals } from './pull-journal';
import { openScratch } from './scratch-store';
import { SignerStore } from './signer-store';
import { SessionFolder } from './session-folder';
import { derivedNames, FileSessionWriter, nameOf, type StoredRecord } from './session-writer';
import type { PullJournal, Scratch, SessionResume, SessionWriter, StoredSegment, Vault } from './vault';

/**
 * The vault as encrypted files. Its folder is named after the key, so that files of another key (after the keychain was lost)
 * are never read or overwritten:
 *
 *     sessions/<id>/   session, notes, segments-1, timeline-1, 1-000000, …
 *     incoming/        sessions being written; renamed into sessions/ once complete, deleted at the next start
 *     removed/         removed sessions; can be restored until the next start
 *     cases/<id>       the user's cases
 *     removed-cases/   removed cases; can be restored until the next start
 *     pulls/           the downloads of unfinished pulls
 *     signers          the known signing keys and their names
 *     scratch/         temporary pieces, each with a key that exists only in memory; deleted at the next start
 *     search/          the search index, which the worker keeps here; rebuilt from the sessions if it is damaged
 */
export class FileVault implements Vault {
  readonly signers: SignerStore;
  private readonly journals: PullJournals;

  private constructor(
    private readonly folder: string,
    private readonly key: Uint8Array,
    private readonly isForThisRun: boolean,
    readonly cases: CaseStore,
  ) {
    this.signers = new SignerStore(folder, key);
    this.journals = new PullJournals(join(folder, 'pulls'), key);
  }

  static async open(parent: string, key: Uint8Array, isForThisRun: boolean): Promise<FileVault> {
    const name = createHmac('sha256', key).update('casement vault folder').digest('hex').slice(0, 16);
    const folder = join(parent, name);
    await onDisk(async () => {
      for (const leftover of ['incoming', 'removed', 'scratch']) {
        await rm(join(folder, leftover), { recursive: true, force: true });
        await mkdir(join(folder, leftover), { recursive: true, mode: 0o700 });
      }
      await mkdir(join(folder, 'sessions'), { recursive: true, mode: 0o700 });
    });
    return new FileVault(folder, key, isForThisRun, await CaseStore.open(folder, key));
  }

  async list(): Promise<StoredSession[]> {
    const ids = await onDisk(() => readdir(join(this.folder, 'sessions')));
    const sessions: StoredSession[] = [];
    for (const id of ids.filter((name) => v.is(SessionId, name))) {
      // One damaged session must not hide the others. It is not listed, because its title can't be read; its files
      // stay.
      const session = await this.get(id).catch((error: unknown) => {
        if (hasCode(error, 'vault-damaged', 'session-unknown')) return undefined;
        throw error;
      });
      if (session) sessions.push(session);
    }
    return sessions.sort((a, b) => b.pulledAt - a.pulledAt);
  }

  async get(id: string): Promise<StoredSession> {
    const { timelineFiles: _files, ...record } = await this.readRecord(id);
    // Damaged notes must not hide the session. Reading them reports the damage.
    const notes = await this.readNotes(id).catch((error: unknown) => {
      if (hasCode(error, 'vault-damaged')) return [];
      throw error;
    });
    return { ...record, id: v.parse(SessionId, id), noteCount: notes.length };
  }

  async create(): Promise<SessionWriter> {
    const id = makeId('s');
    const folder = new SessionFolder(join(this.folder, 'incoming', id), id, this.key);
    await onDisk(() => mkdir(folder.path, { mode: 0o700 }));
    const get = (): Promise<StoredSession> => this.get(id);
    return new FileSessionWriter({ folder, generation: 1, kept: [], finalPath: this.pathOf(id), get });
  }

  async rewrite(id: string, kept: readonly StoredSegment[]): Promise<SessionWriter> {
    const generation = (await this.readRecord(id)).generation + 1;
    const folder = this.folderOf(id);
    await this.clearLeftovers(folder, generation);
    return new FileSessionWriter({ folder, generation, kept, get: () => this.get(id) });
  }

  segments(id: string): Promise<StoredSegment[]> {
    return this.readPart(id, 'segments');
  }

  async readSegment(id: string, { file }: Pick<StoredSegment, 'file'>): Promise<Uint8Array> {
    return this.folderOf(id).read(file);
  }

  async readTimeline(id: string): Promise<TimelineEntry[]> {
    const timeline: TimelineEntry[] = [];
    for await (const part of this.timelineParts(id)) for (const entry of part) timeline.push(entry);
    return timeline;
  }

  async *timelineParts(id: string): AsyncGenerator<TimelineEntry[]> {
    const folder = this.folderOf(id);
    const { generation, timelineFiles = [] } = await this.readRecord(id);
    for (const file of [...timelineFiles, nameOf('timeline', generation)]) {
      yield (await folder.readJson<TimelineEntry[]>(file)).map(upgradeEntry);
    }
  }

  readTexts(id: string): Promise<VisibleText[]> {
    return this.readPart(id, 'texts');
  }

  readResume(id: string): Promise<SessionResume> {
    return this.readPart(id, 'resume');
  }

  readNotes(id: string): Promise<Note[]> {
    return this.folderOf(id).readJson('notes');
  }

  async writeNotes(id: string, notes: Note[]): Promise<void> {
    await this.readRecord(id);
    await this.folderOf(id).replaceJson('notes', notes);
  }

  async remove(id: string): Promise<void> {
    await this.move(id, this.pathOf(id), join(this.folder, 'removed', id));
  }

  async restore(id: string): Promise<StoredSession> {
    await this.move(id, join(this.folder, 'removed', id), this.pathOf(id));
    return this.get(id);
  }

  scratch(): Promise<Scratch> {
    return openScratch(join(this.folder, 'scratch', randomBytes(8).toString('hex')));
  }

  pullJournal(origin: ImportOrigin, startedAt: number): Promise<PullJournal> {
    return this.journals.open(origin, startedAt);
  }

  pullId(origin: ImportOrigin): string {
    return this.journals.nameOf(origin);
  }

  pulls(): Promise<InterruptedPull[]> {
    return this.journals.list();
  }

  discardPull(id: string): Promise<void> {
    return this.journals.discard(id);
  }

  async close(): Promise<void> {
    if (this.isForThisRun) await rm(this.folder, { recursive: true, force: true });
  }

  private readRecord(id: string): Promise<StoredRecord> {
    return this.folderOf(id).readJson('session');
  }

  private async readPart<T>(id: string, part: (typeof derivedNames)[number]): Promise<T> {
    const { generation } = await this.readRecord(id);
    return this.folderOf(id).readJson(nameOf(part, generation));
  }

  /** Removes files that a crash left of a generation that was never committed. */
  private async clearLeftovers(folder: SessionFolder, generation: number): Promise<void> {
    await onDisk(async () => {
      const names = await readdir(folder.path);
      const isLeftover = (name: string): boolean =>
        name.startsWith(`${generation}-`) || derivedNames.some((part) => name === nameOf(part, generation));
      for (const name of names.filter(isLeftover)) await rm(join(folder.path, name), { force: true });
    });
  }

  private async move(id: string, from: string, to: string): Promise<void> {
    if (!v.is(SessionId, id)) throw new CasementError('session-unknown');
    try {
      await onDisk(() => rename(from, to));
    } catch (error) {
      if (hasCode(error, 'file-missing')) throw new CasementError('session-unknown');
      throw error;
    }
  }

  private folderOf(id: string): SessionFolder {
    return new SessionFolder(this.pathOf(id), id, this.key);
  }

  private pathOf(id: string): string {
    if (!v.is(SessionId, id)) throw new CasementError('session-unknown');
    return join(this.folder, 'sessions', id);
  }
}
