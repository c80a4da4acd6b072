import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape, expectOk } from '../check-reply';
import type { FetchPort, FetchReply } from '../source';
import { unknownProject, unwrap } from './project';

const replyLimitBytes = 1_000_000;

const Signed = v.object({
  replay_id: v.nullish(v.string()),
  url: v.pipe(v.string(), v.maxLength(4000)),
  query_string: v.pipe(v.string(), v.maxLength(8000)),
});
const SignedList = v.array(Signed);

/** The address of a replay's files, valid for five minutes. `query` acts as a key. */
export interface SignedReplay {
  url: string;
  query: string;
}

export function isReplayId(text: string): boolean {
  return /^[\w.-]{1,200}$/.test(text);
}

/**
 * Asks for the address of a replay's files: `sign_replays` of mixpanel/mixpanel-headless 01097969, _internal/services/replays.py and
 * _internal/api_client.py. Throws `remote-not-found`, `connection-place` and the errors of the request.
 */
export async function signReplay(
  fetch: FetchPort,
  project: string,
  remoteId: string,
  signal?: AbortSignal,
): Promise<SignedReplay> {
  const reply = await askSignature(fetch, project, remoteId, signal);
  if (reply.status === 404) {
    reply.discard();
    throw unknownProject();
  }
  expectOk(reply, 'session');
  const list = checkShape(SignedList, unwrap(await reply.json(replyLimitBytes)));
  const signed = list.find(({ replay_id }) => replay_id === remoteId) ?? (list.length === 1 ? list[0] : undefined);
  if (!signed) throw new CasementError('remote-not-found');
  return { url: signed.url, query: signed.query_string };
}

export function askSignature(
  fetch: FetchPort,
  project: string,
  remoteId: string,
  signal?: AbortSignal,
): Promise<FetchReply> {
  return fetch({
    method: 'POST',
    path: `/api/app/projects/${project}/replays/sign/bulk`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ replays: [{ replay_id: remoteId, replay_env: 'prod' }] }),
    signal,
  });
}
