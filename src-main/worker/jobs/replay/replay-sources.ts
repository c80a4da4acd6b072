import type { TimelineEntry } from '../../../contract/timeline';
import type { PreparedExport } from '../../../core/export/prepare';
import type { Gate } from '../../../node/gate/gate';
import type { StoredSegment } from '../../../node/vault/vault';
import type { Job } from '../job';
import type { ReplayedSession, ReplayVault } from './replay';

/** What is replayed like a session and isn't in the vault. */
export interface TemporaryReplay {
  session: ReplayedSession;
  segments: StoredSegment[];
  idle: TimelineEntry[];
  /** The JSON of a segment. */
  read(segment: Pick<StoredSegment, 'file'>): Promise<Uint8Array>;
}

/** A redacted recording as what is replayed, from where it lies. */
export function redactedReplay(
  id: string,
  { recording, entries, zeroAt, durationMs }: PreparedExport,
): TemporaryReplay {
  return {
    session: { id, facts: { startedAt: zeroAt, durationMs } },
    segments: recording.segments.map(({ ref, startsWithPage: _startsWithPage, ...segment }) => ({
      ...segment,
      file: String(ref),
    })),
    idle: entries.filter(({ kind }) => kind === 'idle'),
    read: ({ file }) => recording.read({ ref: Number(file) }),
  };
}

/** What is shown passes the gate as what leaves does. Errors: leak-refused, cancelled. */
export async function checkRecording({ recording }: PreparedExport, gate: Gate, job: Job): Promise<void> {
  const total = recording.segments.length;
  for (const [done, segment] of recording.segments.entries()) {
    job.onProgress({ phase: 'checking', done, total });
    gate(await recording.read(segment), 'recording');
  }
  job.signal.throwIfAborted();
}

/** What replays read: what lies beside the vault by its id, all else of the vault. Their ids don't meet: both are random. */
export function withTemporaryReplays(
  vault: () => ReplayVault,
  find: (id: string) => TemporaryReplay | undefined,
): ReplayVault {
  return {
    get: async (id) => find(id)?.session ?? vault().get(id),
    segments: async (id) => find(id)?.segments ?? vault().segments(id),
    readSegment: async (id, segment) => find(id)?.read(segment) ?? vault().readSegment(id, segment),
    timelineParts: async function* (id) {
      const beside = find(id);
      if (beside) yield beside.idle;
      else yield* vault().timelineParts(id);
    },
  };
}
