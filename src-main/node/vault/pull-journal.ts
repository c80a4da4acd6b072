import { createHmac } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { hasCode } from '../../contract/errors';
import { InterruptedPull, type PullPoint } from '../../contract/pull';
import type { ImportOrigin } from '../../contract/worker';
import { onDisk } from '../files/disk-errors';
import { seal, sealedExtra, unseal } from './sealed-file';
import type { PullJournal } from './vault';

/** The only file besides the pieces. */
interface JournalRecord {
  origin: ImportOrigin;
  /** ms since 1970. */
  startedAt: number;
  point?: PullPoint;
}

/**
 * The data received by a pull: `pulls/<name>/{record,0,1,2…}`, encrypted with the vault's key. The record is replaced
 * at each point from which the source can resume; data after that point is requested again. Writes are not synced: a
 * power loss may lose a journal, and the pull then restarts from the beginning, but a killed process loses nothing.
 */
export class PullJournals {
  constructor(
    private readonly folder: string,
    private readonly key: Uint8Array,
  ) {}

  /** The name is the same for the same session and reveals nothing about it. */
  nameOf({ connectionId, remoteId }: ImportOrigin): string {
    const target = JSON.stringify([connectionId, remoteId]);
    const name = createHmac('sha256', this.key).update(`casement pull ${target}`).digest('hex').slice(0, 16);
    return `p-${name}`;
  }

  async list(): Promise<InterruptedPull[]> {
    const names = await readdir(this.folder).catch(() => []);
    const found: InterruptedPull[] = [];
    for (const id of names.filter((name) => isName(name))) {
      const record = await this.readRecord(id);
      if (!record) {
        await this.discard(id);
        continue;
      }
      const { origin, startedAt, point } = record;
      const { isTimelineOnly: _only, ...target } = origin;
      const bytes = sum(await this.lengths(id));
      found.push(v.parse(InterruptedPull, { ...target, id, startedAt, bytes, resumesAt: point?.at ?? 0 }));
    }
    return found.sort((one, other) => other.startedAt - one.startedAt);
  }

  async discard(id: string): Promise<void> {
    if (isName(id)) await rm(join(this.folder, id), { recursive: true, force: true });
  }

  /**
   * Opens the journal of a session's pull: an earlier pull's, cut at its resume point, or a new one. A journal without
   * a resume point is returned with all its data, so that the caller can save it. Throws disk-*.
   */
  async open(origin: ImportOrigin, startedAt: number): Promise<PullJournal> {
    const name = this.nameOf(origin);
    const before = await this.readRecord(name);
    const lengths = await this.lengths(name);
    const total = sum(lengths);
    if (before && total > 0 && total >= (before.point?.at ?? 0)) {
      const bytes = before.point?.at ?? total;
      return this.journal(name, before, { bytes, pieces: await this.cut(name, lengths, bytes) });
    }
    await this.discard(name);
    await onDisk(() => mkdir(join(this.folder, name), { recursive: true, mode: 0o700 }));
    const record = { origin, startedAt };
    await this.writeRecord(name, record);
    return this.journal(name, record, { bytes: 0, pieces: 0 });
  }

  private journal(
    name: string,
    record: JournalRecord,
    { bytes: kept, pieces }: Pick<PullJournal, 'bytes' | 'pieces'>,
  ): PullJournal {
    let count = pieces;
    return {
      id: name,
      title: record.origin.title,
      point: record.point,
      pieces,
      bytes: kept,
      write: async (bytes) => {
        const ref = count++;
        await this.writePiece(name, ref, bytes);
        return ref;
      },
      read: async (ref) => {
        const path = `${name}/${ref}`;
        return unseal(this.key, path, await onDisk(() => readFile(join(this.folder, path))));
      },
      mark: (point) => this.writeRecord(name, { ...record, point }),
      clear: () => this.discard(name),
    };
  }

  /** Truncates the pieces to this many bytes. Returns the number of pieces left. */
  private async cut(name: string, lengths: readonly number[], bytes: number): Promise<number> {
    let before = 0;
    let kept = 0;
    for (const [ref, length] of lengths.entries()) {
      const path = join(this.folder, name, String(ref));
      const wanted = Math.min(length, bytes - before);
      before += length;
      if (wanted <= 0) await rm(path, { force: true });
      else {
        kept++;
        if (wanted === length) continue;
        const piece = unseal(this.key, `${name}/${ref}`, await onDisk(() => readFile(path)));
        await this.writePiece(name, ref, piece.subarray(0, wanted));
      }
    }
    return kept;
  }

  /** Returns the pieces before the first missing one. */
  private async lengths(name: string): Promise<number[]> {
    const lengths: number[] = [];
    for (;;) {
      const stats = await stat(join(this.folder, name, String(lengths.length))).catch(() => undefined);
      if (!stats || stats.size <= sealedExtra) return lengths;
      lengths.push(stats.size - sealedExtra);
    }
  }

  private writePiece(name: string, ref: number, bytes: Uint8Array): Promise<void> {
    return this.replace(name, String(ref), bytes);
  }

  private writeRecord(name: string, record: JournalRecord): Promise<void> {
    return this.replace(name, 'record', Buffer.from(JSON.stringify(record)));
  }

  private async replace(name: string, file: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.folder, name, file);
    await onDisk(async () => {
      await writeFile(`${path}.part`, seal(this.key, `${name}/${file}`, bytes), { mode: 0o600 });
      await rename(`${path}.part`, path);
    });
  }

  /** Returns undefined if there is no record or it can't be read: the pull then restarts from the beginning. */
  private async readRecord(name: string): Promise<JournalRecord | undefined> {
    try {
      const sealed = await onDisk(() => readFile(join(this.folder, name, 'record')));
      return JSON.parse(unseal(this.key, `${name}/record`, sealed).toString()) as JournalRecord;
    } catch (error) {
      if (hasCode(error, 'file-missing', 'vault-damaged')) return undefined;
      throw error;
    }
  }
}

const isName = (name: string): boolean => /^p-[0-9a-f]{16}$/.test(name);

const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);
