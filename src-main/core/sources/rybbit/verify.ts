import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { expectOk } from '../check-reply';
import type { FetchPort, KeyVerdict } from '../source';

const shortLimitBytes = 64_000;
/** The only scope that Casement needs (server/src/lib/scopes.ts). */
const needed = 'replay:read';

const Refusal = v.object({ required: v.nullish(v.string()) });

/**
 * Verifies that the key can read this site's replays. Rybbit reports neither owner nor scopes, answers an unknown key like one without access,
 * and lets anyone read a public site. So the key is also tried on a request that a key for replays alone can't make (rybbit-io/rybbit a92b31bd,
 * server/src/index.ts and lib/auth-middleware.ts): 401 means that the key is unknown, 403 that it is limited. Throws `key-refused`,
 * `key-forbidden`, and `connection-place` without access to the site.
 */
export async function verifyRybbit(fetch: FetchPort, base: string, signal?: AbortSignal): Promise<KeyVerdict> {
  const list = await fetch({ method: 'GET', path: `${base}/list?limit=1&offset=0`, signal });
  if (list.status === 403) {
    const refusal: unknown = await list.json(shortLimitBytes);
    if (v.is(Refusal, refusal) && refusal.required) throw new CasementError('key-forbidden');
    if ((await tryOrganizations(fetch, signal)) === 401) throw new CasementError('key-refused');
    throw unknownSite();
  }
  if (list.status === 404) {
    list.discard();
    throw unknownSite();
  }
  expectOk(list, 'service');
  list.discard();
  const status = await tryOrganizations(fetch, signal);
  const words = sourceWords.rybbit;
  return {
    holder: '',
    scopes: [{ name: needed, evidence: 'probed' }],
    overPrivileged: status === 200 ? [{ scope: words.otherAccess, why: words.canReadMore }] : [],
    ...(status === 401 && { notice: words.unconfirmed }),
  };
}

/** Returns the status: 200, 401, 403 or 404. */
async function tryOrganizations(fetch: FetchPort, signal: AbortSignal | undefined): Promise<number> {
  const reply = await fetch({ method: 'GET', path: '/api/user/organizations', signal });
  reply.discard();
  if (![401, 403, 404].includes(reply.status)) expectOk(reply, 'service');
  return reply.status;
}

const unknownSite = (): CasementError => new CasementError('connection-place', { field: sourceWords.places.website });
