import * as v from 'valibot';
import { ConnectionId, PullId } from './ids';
import { ConnectionKind } from './source';

/** A pull that ended before the recording was complete. */
export const InterruptedPull = v.strictObject({
  id: PullId,
  /** The title of the session. */
  title: v.string(),
  from: ConnectionKind,
  sourceName: v.string(),
  connectionId: ConnectionId,
  remoteId: v.string(),
  /** ms since 1970. */
  startedAt: v.number(),
  /** The number of bytes received. */
  bytes: v.number(),
  /** The number of bytes that needn't be fetched again; 0 if the platform can only restart from the beginning. */
  resumesAt: v.number(),
});
export type InterruptedPull = v.InferOutput<typeof InterruptedPull>;

/** A position in a recording's bytes from which its source can resume. */
export interface PullPoint {
  /** The number of bytes before it. */
  at: number;
  /** The source's opaque resume token. */
  resume: string;
  /** A document ends here. Otherwise the position is in the middle of one. */
  isBehindDocument: boolean;
}
