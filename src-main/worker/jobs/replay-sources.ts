import type { TimelineEntry } from '../../contract/timeline';
import type { StoredSegment } from '../../node/vault/vault';
import type { ReplayedSession, ReplayVault } from './replay';

/** What is replayed like a session and isn't in the vault. */
export interface ReplayedBeside {
  session: ReplayedSession;
  segments: StoredSegment[];
  idle: TimelineEntry[];
  /** The JSON of a segment. */
  read(segment: Pick<StoredSegment, 'file'>): Promise<Uint8Array>;
}

/** What replays read: what lies beside the vault by its id, all else of the vault. Their ids don't meet: both are random. */
export function besideVault(vault: () => ReplayVault, find: (id: string) => ReplayedBeside | undefined): ReplayVault {
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
