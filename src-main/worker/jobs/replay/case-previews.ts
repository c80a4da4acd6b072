import * as v from 'valibot';
import type { CasePreview, PreviewedRecording } from '../../../contract/case-preview';
import { CasePreviewId } from '../../../contract/ids';
import { groupByWindow } from '../../../core/recording/segments/segment';
import {
  openCasePreview,
  type OpenedCasePreview,
  type PreviewableRecording,
} from '../../../node/case-archive/case-preview';
import type { TemporaryReplay } from './replay-sources';

/** The most case files that are open at once, in case the shell doesn't close one. */
const mostOpen = 4;

/** Case files that are replayed directly from the file while they are verified and imported. Nothing of them is stored. */
export class CasePreviews {
  private readonly open = new Map<string, OpenedCasePreview>();
  /** By the ids of their recordings. */
  private readonly recordings = new Map<string, TemporaryReplay>();

  constructor(private readonly makeId: (prefix: string) => string) {}

  /** Returns null for a file that can't be previewed. */
  async make(path: string): Promise<CasePreview | null> {
    const opened = await openCasePreview(path);
    if (!opened) return null;
    const id = v.parse(CasePreviewId, this.makeId('preview'));
    this.open.set(id, opened);
    const recordings = opened.recordings.map((recording) => this.add(id, opened, recording));
    for (const old of [...this.open.keys()].slice(0, -mostOpen)) this.close(old);
    const { title, manifestHash } = opened;
    return { id, title, manifestHash, recordings };
  }

  /** Returns the recording with this id while its case file is open. */
  find = (id: string): TemporaryReplay | undefined => this.recordings.get(id);

  /** Does nothing if the case file isn't open. */
  close(id: string): void {
    this.open.get(id)?.close();
    this.open.delete(id);
    for (const recordingId of this.recordings.keys()) {
      if (recordingId.startsWith(`${id}-`)) this.recordings.delete(recordingId);
    }
  }

  closeAll(): void {
    for (const id of [...this.open.keys()]) this.close(id);
  }

  private add(previewId: string, opened: OpenedCasePreview, recording: PreviewableRecording): PreviewedRecording {
    const { place, title, startedAt, durationMs, chunks } = recording;
    const id = v.parse(CasePreviewId, `${previewId}-${place}`);
    const byPath = new Map(chunks.map((chunk) => [chunk.file, chunk]));
    this.recordings.set(id, {
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
