import * as v from 'valibot';
import { checkShape, errorForStatus } from './check-reply';
import type { FetchPort } from './source';

const IssuedKey = v.object({ key: v.pipe(v.string(), v.regex(/^cas_demo_[A-Za-z0-9_-]{20,200}$/)) });

/**
 * Requests a new key from the demo server. `fetch` must be a separate transport that may POST and whose authorization is
 * `Setup <token>`, so that neither the token nor the key can be sent with a wrong request.
 */
export async function requestDemoKey(fetch: FetchPort, signal?: AbortSignal): Promise<string> {
  const reply = await fetch({ method: 'POST', path: '/v1/keys', body: '{}', signal });
  if (reply.status !== 201) {
    reply.discard();
    throw errorForStatus(reply, 'service');
  }
  return checkShape(IssuedKey, await reply.json(10_000)).key;
}
