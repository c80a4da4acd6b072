import type { TimelineEntry } from '../../../contract/timeline';
import type { PreparedExport } from '../../../core/export/prepare';
import type { Gate } from '../../../node/gate/gate';
import type { StoredSegment } from '../../../node/vault/vault';
import type { Job } from '../job';
import type { ReplayedSession, ReplayVault } from './replay';

/** A recording that is replayed like a session but isn't in the vault. */
export interface TemporaryReplay {
  session: ReplayedSession;
  segments: StoredSegment[];
  idle: TimelineEntry[];
  /** Returns the JSON of a segment. */
  read(segment: Pick<StoredSegment, 'file'>): Promise<Uint8Array>;
}

/** Makes a redacted recording replayable from the store that it is in. */
export function redactedReplay(
  id: string,
  { recording, entries, zeroAt, durationMs }: PreparedExport,
): TemporaryReplay {
  return {
    session: { id, facts: { startedAt: zeroAt, durationMs } },
    segments: recording.segments.map(({ ref, startsWithPage: _startsWithPage, eventsAt: _eventsAt, ...segment }) => ({
      ...segment,
      file: String(ref),
    })),
    idle: entries.filter(({ kind }) => kind === 'idle'),
    read: ({ file }) => recording.read({ ref: Number(file) }),
  };
}

/** Checks a redacted recording with the gate before it is shown, as for an export. Throws leak-refused, cancelled. */
export async function checkRecording({ recording }: PreparedExport, gate: Gate, job: Job): Promise<void> {
  const total = recording.segments.length;
  for (const [done, segment] of recording.segments.entries()) {
    job.onProgress({ phase: 'checking', done, total });
    gate.hold(await recording.read(segment), 'recording');
  }
  gate.settle();
  job.signal.throwIfAborted();
}

/** Returns a vault for replays that looks for a temporary replay first. Ids can't collide: both kinds are random. */
export function withTemporaryReplays(
  vault: () => ReplayVault,
  find: (id: string) => TemporaryReplay | undefined,
): ReplayVault {
  return {
    get: async (id) => find(id)?.session ?? vault().get(id),
    segments: async (id) => find(id)?.segments ?? vault().segments(id),
    readSegment: async (id, segment) => find(id)?.read(segment) ?? vault().readSegment(id, segment),
    timelineParts: async function* (id) {
      const temporary = find(id);
      if (temporary) yield temporary.idle;
      else yield* vault().timelineParts(id);
    },
  };
}
