import type { Note } from '../../../contract/note';
import type { Moment, ScreenshotFailure } from '../../../contract/window-port';
import type { PreparedExport } from '../../../core/export/prepare';
import { plainJpeg } from '../../../core/image/plain-jpeg';
import type { NoteScreenshot } from '../../../core/timeline/formats';
import type { Gate } from '../../../node/gate/gate';
import type { Job } from '../job';
import { checkRecording, redactedReplay, type TemporaryReplay } from '../replay/replay-sources';

/** A report has so many screenshots at most, and so many bytes of them: it is to be sent and opened. */
const mostScreenshots = 40;
const mostBytes = 16_000_000;

/** Has a moment of a redacted recording shown and drawn. Errors: cancelled. */
export type Show = (moment: Moment) => Promise<Uint8Array | ScreenshotFailure>;

/** Pictures of redacted recordings at their notes. While they are made, a recording is replayed like any other, by an id of its own. */
export class NoteScreenshots {
  private readonly open = new Map<string, TemporaryReplay>();

  constructor(private readonly makeId: (prefix: string) => string) {}

  /** What is replayed under that id, while screenshots of it are made. */
  find = (id: string): TemporaryReplay | undefined => this.open.get(id);

  /**
   * By the ids of the notes, from the first on, as many as there is room for. What is shown passed the gate before, and the gate lets these
   * screenshots pass and no others. Errors: leak-refused, cancelled.
   */
  async take(
    prepared: PreparedExport,
    { show, gate, job }: { show: Show; gate: Gate; job: Job },
  ): Promise<ReadonlyMap<string, NoteScreenshot>> {
    const screenshots = new Map<string, NoteScreenshot>();
    const notes = prepared.notes.slice(0, mostScreenshots);
    if (notes.length === 0) return screenshots;
    await checkRecording(prepared, gate, job);
    const id = this.makeId('picture');
    this.open.set(id, redactedReplay(id, prepared));
    try {
      let room = mostBytes;
      for (const [done, note] of notes.entries()) {
        job.onProgress({ phase: 'picturing', done, total: notes.length });
        job.signal.throwIfAborted();
        const screenshot = await screenshotOf(prepared, note, id, show);
        if (typeof screenshot !== 'string') {
          room -= screenshot.bytes.length;
          if (room < 0) break;
          gate.allowImage(screenshot.bytes);
        }
        screenshots.set(note.id, screenshot);
      }
      return screenshots;
    } finally {
      this.open.delete(id);
    }
  }
}

async function screenshotOf(prepared: PreparedExport, { atMs }: Note, id: string, show: Show): Promise<NoteScreenshot> {
  const windowId = windowAt(prepared, atMs);
  if (windowId === undefined) return 'no-page';
  const shown = await show({ id, windowId, atMs });
  return typeof shown === 'string' ? shown : (plainJpeg(shown) ?? 'failed');
}

/** A note is on a session, not on a window of it: the one that the timeline told of last is shown, before that the first. */
function windowAt({ entries, recording }: PreparedExport, noteMs: number): string | undefined {
  const told = entries.findLast(({ kind, atMs }) => kind !== 'note' && atMs <= noteMs);
  return told?.windowId ?? recording.segments[0]?.windowId;
}
