import * as v from 'valibot';
import type { CaseLook, SeenRecording } from '../../../contract/case-preview';
import { LookId } from '../../../contract/ids';
import { groupByWindow } from '../../../core/recording/segments/segment';
import { openLook, type OpenedLook, type SeenInFile } from '../../../node/case-archive/case-preview';
import type { ReplayedBeside } from './replay-sources';

/** A window that forgets to close what it looked at leaves no more than so many files open. */
const mostOpen = 4;

/** Case files that are replayed straight from the file, while they are checked and imported. Nothing of them is kept. */
export class Looks {
  private readonly open = new Map<string, OpenedLook>();
  /** By the ids of their recordings. */
  private readonly seen = new Map<string, ReplayedBeside>();

  constructor(private readonly makeId: (prefix: string) => string) {}

  /** Null for what can't be seen before it is imported. */
  async make(path: string): Promise<CaseLook | null> {
    const opened = await openLook(path);
    if (!opened) return null;
    const id = v.parse(LookId, this.makeId('look'));
    this.open.set(id, opened);
    const recordings = opened.recordings.map((recording) => this.add(id, opened, recording));
    for (const old of [...this.open.keys()].slice(0, -mostOpen)) this.close(old);
    const { title, manifestHash } = opened;
    return { id, title, manifestHash, recordings };
  }

  /** What is replayed under that id, until its case file is closed. */
  find = (id: string): ReplayedBeside | undefined => this.seen.get(id);

  /** One that isn't open is none. */
  close(id: string): void {
    this.open.get(id)?.close();
    this.open.delete(id);
    for (const seen of this.seen.keys()) if (seen.startsWith(`${id}-`)) this.seen.delete(seen);
  }

  closeAll(): void {
    for (const id of [...this.open.keys()]) this.close(id);
  }

  private add(lookId: string, opened: OpenedLook, recording: SeenInFile): SeenRecording {
    const { place, title, startedAt, durationMs, chunks } = recording;
    const id = v.parse(LookId, `${lookId}-${place}`);
    const byPath = new Map(chunks.map((chunk) => [chunk.file, chunk]));
    this.seen.set(id, {
      session: { id, facts: { startedAt, durationMs } },
      segments: chunks,
      idle: [],
      read: async ({ file }) => {
        const chunk = byPath.get(file);
        if (!chunk) throw new RangeError('no chunk of this recording');
        return opened.read(chunk);
      },
    });
    return { id, place, title, facts: { startedAt, durationMs, windows: [...groupByWindow(chunks).keys()] } };
  }
}
