import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StoredSession } from '../../contract/session';
import type { Note } from '../../contract/note';
import type { TimelineEntry } from '../../contract/timeline';
import type { Segment } from '../../core/recording/segments/segment';
import { onDisk } from '../files/disk-errors';
import { syncFolder } from '../files/synced';
import type { SessionFolder } from './session-folder';
import type { SessionParts, SessionRecord, SessionResume, SessionWriter, StoredSegment } from './vault';
import { WriteQueue } from './write-queue';

/** The record defines the session: other files count only if its generation names them. */
export interface StoredRecord extends SessionRecord {
  generation: number;
  /** The number of errors in the timeline. */
  errorCount: number;
  /** The files with the first parts of the timeline. The last part, or all of a short one, has its own file. */
  timelineFiles?: string[];
}

export const derivedNames = ['segments', 'timeline', 'texts', 'resume'] as const;

/** Returns the name of a file of one generation of a session. */
export function nameOf(part: (typeof derivedNames)[number], generation: number): string {
  return `${part}-${generation}`;
}

/** Entries per write. */
const timelinePart = 4000;

interface WriterOptions {
  folder: SessionFolder;
  generation: number;
  kept: readonly StoredSegment[];
  /** The final path of a new session's folder, which is written elsewhere. */
  finalPath?: string;
  get: () => Promise<StoredSession>;
}

/**
 * Writes a session's folder. A new session is renamed to its final path once it is complete. A rewritten one gets the
 * files of its next generation next to the old ones, and the atomic replacement of its record commits them.
 */
export class FileSessionWriter implements SessionWriter {
  private readonly queue = new WriteQueue();
  private readonly segments: StoredSegment[];
  private readonly written: string[] = [];
  private readonly timelineFiles: string[] = [];
  private timeline: TimelineEntry[] = [];
  private errorCount = 0;

  constructor(private readonly options: WriterOptions) {
    this.segments = [...options.kept];
  }

  async addSegment(segment: Segment, json: Uint8Array): Promise<void> {
    const file = this.nextName();
    this.segments.push({ ...segment, file });
    await onDisk(() => this.queue.add(() => this.options.folder.write(file, json)));
  }

  async addTimeline(entries: readonly TimelineEntry[]): Promise<void> {
    for (const entry of entries) {
      this.timeline.push(entry);
      if (entry.severity === 'error') this.errorCount++;
      if (this.timeline.length >= timelinePart) await this.writeTimelinePart();
    }
  }

  async commit(record: SessionRecord, parts: SessionParts, notes?: Note[]): Promise<StoredSession> {
    const { folder, generation, finalPath, get } = this.options;
    await onDisk(async () => {
      await this.queue.drain();
      const segments = this.segments.sort((a, b) => a.startMs - b.startMs);
      const { texts, state, windowNumbers } = parts;
      const resume: SessionResume = { state, windowNumbers };
      const contents = { segments, timeline: this.timeline, texts, resume };
      for (const part of derivedNames) {
        const name = nameOf(part, generation);
        this.written.push(name);
        await folder.writeJson(name, contents[part]);
      }
      const { timelineFiles, errorCount } = this;
      const stored: StoredRecord = {
        ...record,
        generation,
        errorCount,
        ...(timelineFiles.length > 0 && { timelineFiles }),
      };
      if (finalPath === undefined) {
        if (notes) await folder.replaceJson('notes', notes);
        await syncFolder(folder.path);
        await folder.replaceJson('session', stored);
        await this.dropOldGenerations(segments);
        return;
      }
      await folder.writeJson('notes', notes ?? []);
      await folder.writeJson('session', stored);
      // Sync the contents before the rename: after a power loss there is a complete session or none.
      await syncFolder(folder.path);
      await rename(folder.path, finalPath);
      await syncFolder(dirname(finalPath));
    });
    return get();
  }

  async abort(): Promise<void> {
    const { folder, finalPath } = this.options;
    await this.queue.settle();
    if (finalPath !== undefined) await rm(folder.path, { recursive: true, force: true });
    else for (const name of this.written) await rm(join(folder.path, name), { force: true });
  }

  private nextName(): string {
    const name = `${this.options.generation}-${String(this.written.length).padStart(6, '0')}`;
    this.written.push(name);
    return name;
  }

  private async writeTimelinePart(): Promise<void> {
    const file = this.nextName();
    this.timelineFiles.push(file);
    const part = this.timeline;
    this.timeline = [];
    await onDisk(() => this.queue.add(() => this.options.folder.writeJson(file, part)));
  }

  /** Also removes files left by a crash. Nothing depends on it, so errors are ignored. */
  private async dropOldGenerations(segments: readonly StoredSegment[]): Promise<void> {
    const { folder, generation } = this.options;
    const used = new Set(['session', 'notes', ...this.timelineFiles, ...segments.map(({ file }) => file)]);
    for (const part of derivedNames) used.add(nameOf(part, generation));
    const names = await readdir(folder.path).catch(() => []);
    for (const name of names.filter((other) => !used.has(other))) {
      await rm(join(folder.path, name), { force: true }).catch(() => undefined);
    }
  }
}
