import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CasementError } from '../../contract/errors';
import type { StoredSession } from '../../contract/session';
import type { Progress } from '../../contract/rpc';
import type { Note } from '../../contract/timeline';
import type { ImportOrigin } from '../../contract/worker';
import { cutIntoChunks } from '../../core/recording/chunks';
import { buildTimeline } from '../../core/timeline/build';
import { assertUnbroken, readCase } from '../../node/case-archive/read-case';
import { readCaseSessions } from '../../node/case-archive/case-sessions';
import { isZip } from '../../node/case-archive/read-zip';
import { readRecordingBytes, readRecordings, type FoundRecording } from '../../node/recording-file';
import type { Vault } from '../../node/vault/vault';

interface Job {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

const pullLimitBytes = 512 * 2 ** 20;

/** Puts recordings into the vault, from a pull or from a file. Nothing is stored before all of it was read and found whole. */
export class Imports {
  private readonly running = new Map<string, { parts: Uint8Array[]; bytes: number }>();

  constructor(
    private readonly now: () => number,
    private readonly makeId: (prefix: string) => string,
  ) {}

  /** The id is random: after a restart of the worker, an older pull must not meet a newer one's bytes. */
  start(): { importId: string } {
    const importId = this.makeId('i');
    this.running.set(importId, { parts: [], bytes: 0 });
    return { importId };
  }

  addBytes(importId: string, bytes: Uint8Array): void {
    const pull = this.running.get(importId);
    if (!pull) throw new CasementError('worker-gone');
    pull.bytes += bytes.length;
    if (pull.bytes > pullLimitBytes) {
      this.running.delete(importId);
      throw new CasementError('recording-too-large', { limit: '512 MB' });
    }
    pull.parts.push(bytes);
  }

  abort(importId: string): void {
    this.running.delete(importId);
  }

  async finish(vault: Vault, importId: string, origin: ImportOrigin, job: Job): Promise<StoredSession> {
    const pull = this.running.get(importId);
    this.running.delete(importId);
    if (!pull) throw new CasementError('worker-gone');
    const { found } = readRecordings(Buffer.concat(pull.parts));
    const [first] = found;
    if (!first) throw new CasementError('recording-empty');
    await letCancelThrough(job.signal);
    return this.store(vault, first, origin);
  }

  async importFile(vault: Vault, path: string, { signal, onProgress }: Job): Promise<StoredSession> {
    onProgress({ phase: 'reading', done: 0, total: 0 });
    const bytes = await readRecordingBytes(path);
    if (isZip(bytes)) return this.importCase(vault, path, signal);
    const fileName = basename(path);
    const { found } = readRecordings(bytes);
    onProgress({ phase: 'storing', done: 0, total: found.length });
    let last: StoredSession | undefined;
    for (const [index, recording] of found.entries()) {
      await letCancelThrough(signal);
      const title = found.length === 1 ? fileName : `${fileName} · ${recording.name}`;
      last = await this.store(vault, recording, { title, from: 'file', sourceName: fileName });
      onProgress({ phase: 'storing', done: index + 1, total: found.length });
    }
    if (!last) throw new CasementError('recording-empty');
    return last;
  }

  private async importCase(vault: Vault, path: string, signal: AbortSignal): Promise<StoredSession> {
    const opened = await readCase(path);
    try {
      assertUnbroken(opened.verification);
      let last: StoredSession | undefined;
      for (const { title, events, facts, notes } of await readCaseSessions(opened)) {
        await letCancelThrough(signal);
        last = await this.store(
          vault,
          { name: title, events, facts },
          { title, from: 'case', sourceName: basename(path) },
          { verification: opened.verification, notes },
        );
      }
      if (!last) throw new CasementError('case-unreadable', { reason: 'it holds no recording' });
      return last;
    } finally {
      opened.close();
    }
  }

  private store(
    vault: Vault,
    { events, facts }: FoundRecording,
    origin: ImportOrigin,
    { verification, notes = [] }: Partial<Pick<StoredSession, 'verification'>> & { notes?: Note[] } = {},
  ): Promise<StoredSession> {
    const errorCount = buildTimeline(events, { times: 'relative', startedAt: facts.startedAt }).filter(
      ({ severity }) => severity === 'error',
    ).length;
    return vault.add(
      { ...origin, pulledAt: this.now(), facts, errorCount, ...(verification && { verification }) },
      cutIntoChunks(events),
      notes,
    );
  }
}

/** Parsing holds this thread, and with it the message that says stop; here it may come in. Errors: cancelled. */
async function letCancelThrough(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}
