import * as v from 'valibot';
import { ConnectionId, PullId } from './ids';
import { ConnectionKind } from './source';

/** A pull that ended before the recording did, and what came of it. */
export const InterruptedPull = v.strictObject({
  id: PullId,
  /** What its session is called. */
  title: v.string(),
  from: ConnectionKind,
  sourceName: v.string(),
  connectionId: ConnectionId,
  remoteId: v.string(),
  /** ms since 1970. */
  startedAt: v.number(),
  /** That have come. */
  bytes: v.number(),
  /** The bytes that needn't be fetched again; 0 where its platform can only begin anew. */
  resumesAt: v.number(),
});
export type InterruptedPull = v.InferOutput<typeof InterruptedPull>;

/** A place in a recording's bytes that its source can go on from. */
export interface PullPoint {
  /** So many bytes are before it. */
  at: number;
  /** Opaque, the source's own. */
  resume: string;
  /** A document ends there; otherwise it goes on in the middle of one. */
  isBehindDocument: boolean;
  /** The platform left out something before it. */
  isPartial: boolean;
}
