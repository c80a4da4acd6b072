import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import { checkShape, expectOk } from '../check-reply';
import type { FetchReply } from '../source';

const Envelope = v.object({ err: v.nullish(v.number(), 0), result: v.nullish(v.unknown()) });

/** Returns the result in a reply. Rollbar may report an error with status 200. */
export async function readResult(
  reply: FetchReply,
  limitBytes: number,
  missing: 'session' | 'service',
): Promise<unknown> {
  expectOk(reply, missing);
  const { err, result } = checkShape(Envelope, await reply.json(limitBytes));
  if (err !== 0) throw new CasementError('remote-odd', { reason: refusals.source.status(err) });
  return result;
}
