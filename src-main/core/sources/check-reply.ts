import * as v from 'valibot';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { waitSeconds } from './rate-limit-headers';
import type { FetchReply } from './source';

/** The wait after a 429 that doesn't report one, in seconds. */
const defaultWaitSeconds = 60;

/** Returns the error for a status other than 200. `missing`: what a 404 means for this request. */
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
    const seconds = waitSeconds(reply.headers, nowMs) ?? defaultWaitSeconds;
    return new CasementError('remote-rate-limited', { seconds });
  }
  if (status >= 500) return new CasementError('remote-failed', { status });
  return new CasementError('remote-odd', { reason: refusals.source.status(status) });
}

/** Discards the body and throws unless the status is 200. */
export function expectOk(reply: FetchReply, missing: 'session' | 'service'): void {
  if (reply.status === 200) return;
  reply.discard();
  throw errorForStatus(reply, missing);
}

/**
 * Validates a reply. Throws `remote-shape` with the path of the first mismatch, but without its value. The schema may contain only
 * `v.object`, whose keys are Casement's own, so that the path can't contain text from the server.
 */
export function checkShape<S extends v.GenericSchema>(schema: S, reply: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, reply, { abortEarly: true });
  if (result.success) return result.output;
  const path = v.getDotPath(result.issues[0]) ?? refusals.replyPart.body;
  throw new CasementError('remote-shape', { place: path });
}
