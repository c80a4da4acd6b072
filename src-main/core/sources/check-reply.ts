import * as v from 'valibot';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { waitSeconds } from './retry-after';
import type { FetchReply } from './source';

/** The wait, in seconds, that a 429 is taken to mean when it doesn't say. */
const unsaidWaitSeconds = 60;

/** The error for a status other than 200. `missing` says what a 404 means here: no such session, or no such service. */
export function errorForStatus(
  reply: Pick<FetchReply, 'status' | 'headers'>,
  missing: 'session' | 'service',
  nowMs?: number,
): CasementError {
  const { status } = reply;
  if (status === 401) return new CasementError('key-refused');
  if (status === 403) return new CasementError('key-forbidden');
  if (status === 404 || status === 410) {
    if (missing === 'session') return new CasementError(status === 410 ? 'remote-deleted' : 'remote-not-found');
    return new CasementError('remote-no-service');
  }
  if (status === 429) {
    const seconds = waitSeconds(reply.headers, nowMs) ?? unsaidWaitSeconds;
    return new CasementError('remote-rate-limited', { seconds });
  }
  if (status >= 500) return new CasementError('remote-failed', { status });
  return new CasementError('remote-odd', { reason: refusals.source.status(status) });
}

/** Throws unless the status is 200; lets go of the body then. */
export function expectOk(reply: FetchReply, missing: 'session' | 'service'): void {
  if (reply.status === 200) return;
  reply.discard();
  throw errorForStatus(reply, missing);
}

/**
 * A reply in the agreed shape, or `remote-shape` that names the place in the shape but nothing of what stood there.
 * The schema must be made of `v.object`, whose keys are ours, so that a place can't be the server's own text.
 */
export function checkShape<S extends v.GenericSchema>(schema: S, reply: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, reply, { abortEarly: true });
  if (result.success) return result.output;
  const place = v.getDotPath(result.issues[0]) ?? refusals.replyPart.body;
  throw new CasementError('remote-shape', { place });
}
