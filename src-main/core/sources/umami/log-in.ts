import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape, expectOk } from '../check-reply';
import { isWebPage } from '../read-json';
import type { FetchPort } from '../source';
import { shortLimitBytes } from './protocol';

const Login = v.object({ token: v.pipe(v.string(), v.minLength(1), v.maxLength(10_000)) });

/**
 * Returns the token of a login for `username:password`, and any other text as it is: a token has no colon (umami-software/umami c0ea3aef,
 * src/lib/crypto.ts, encrypt). Umami has no keys for its API, and its tokens don't expire (src/app/api/auth/login/route.ts), so the password is
 * needed only once. Throws `key-password` for a wrong one.
 */
export async function logInToUmami(fetch: FetchPort, entered: string, signal?: AbortSignal): Promise<string> {
  const colon = entered.indexOf(':');
  if (colon < 1) return entered;
  const body = JSON.stringify({ username: entered.slice(0, colon), password: entered.slice(colon + 1) });
  const reply = await fetch({ method: 'POST', path: '/api/auth/login', body, signal });
  if (reply.status === 401 && !isWebPage(reply.headers['content-type'])) {
    reply.discard();
    throw new CasementError('key-password');
  }
  expectOk(reply, 'service');
  return checkShape(Login, await reply.json(shortLimitBytes)).token;
}
