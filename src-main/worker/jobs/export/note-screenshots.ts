import type { Moment, ScreenshotFailure } from '../../../contract/window-port';
import type { PreparedExport } from '../../../core/export/prepare';
import { plainJpeg } from '../../../core/image/plain-jpeg';
import type { NoteScreenshot, ReportNote } from '../../../core/timeline/formats';
import type { Gate } from '../../../node/gate/gate';
import type { Job } from '../job';
import { checkRecording, redactedReplay, type TemporaryReplay } from '../replay/replay-sources';

/** The limits of a report's screenshots, so that the report stays small enough to send and open. */
const mostScreenshots = 40;
const mostBytes = 16_000_000;

/** Takes a screenshot of a moment of a redacted recording. Throws cancelled. */
export type Show = (moment: Moment) => Promise<Uint8Array | ScreenshotFailure>;

/** Takes screenshots of redacted recordings at their notes. During that time a recording is replayed like any other, under a temporary id. */
export class NoteScreenshots {
  private readonly open = new Map<string, TemporaryReplay>();

  constructor(private readonly makeId: (prefix: string) => string) {}

  /** Returns the recording with this id while screenshots of it are taken. */
  find = (id: string): TemporaryReplay | undefined => this.open.get(id);

  /**
   * Returns the screenshots by the ids of their notes, from the first note on until a limit is reached. `sessions` are those of the report,
   * `notes` its notes. The gate checks each recording before it is shown, and then accepts these screenshots and no others. Throws
   * leak-refused, cancelled.
   */
  async take(
    sessions: readonly PreparedExport[],
    allNotes: readonly ReportNote[],
    { show, gate, job }: { show: Show; gate: Gate; job: Job },
  ): Promise<ReadonlyMap<string, NoteScreenshot>> {
    const screenshots = new Map<string, NoteScreenshot>();
    const notes = allNotes.slice(0, mostScreenshots);
    const ids = new Map<PreparedExport, string>();
    const replayOf = async (prepared: PreparedExport): Promise<string> => {
      const known = ids.get(prepared);
      if (known !== undefined) return known;
      await checkRecording(prepared, gate, job);
      const id = this.makeId('screenshot');
      ids.set(prepared, id);
      this.open.set(id, redactedReplay(id, prepared));
      return id;
    };
    try {
      let bytesLeft = mostBytes;
      for (const [done, note] of notes.entries()) {
        job.signal.throwIfAborted();
        const prepared = sessions[(note.session?.number ?? 1) - 1];
        if (!prepared) continue;
        const atMs = note.session?.atMs ?? note.atMs;
        // Reports the check of the recording first.
        const id = await replayOf(prepared);
        job.onProgress({ phase: 'picturing', done, total: notes.length });
        const screenshot = await screenshotOf(prepared, atMs, id, show);
        if (typeof screenshot !== 'string') {
          bytesLeft -= screenshot.bytes.length;
          if (bytesLeft < 0) break;
          gate.allowImage(screenshot.bytes);
        }
        screenshots.set(note.id, screenshot);
      }
      return screenshots;
    } finally {
      for (const id of ids.values()) this.open.delete(id);
    }
  }
}

async function screenshotOf(prepared: PreparedExport, atMs: number, id: string, show: Show): Promise<NoteScreenshot> {
  if (prepared.recording.segments.length === 0) return 'no-page';
  const windowId = windowAt(prepared, atMs);
  if (windowId === undefined) return 'no-page';
  const shown = await show({ id, windowId, atMs });
  return typeof shown === 'string' ? shown : (plainJpeg(shown) ?? 'failed');
}

/** Returns the tab to show for a note: that of the last timeline entry before it, else the first tab. Notes don't name a tab. */
function windowAt({ entries, recording }: PreparedExport, noteMs: number): string | undefined {
  const lastEntry = entries.findLast(({ kind, atMs }) => kind !== 'note' && atMs <= noteMs);
  return lastEntry?.windowId ?? recording.segments[0]?.windowId;
}
