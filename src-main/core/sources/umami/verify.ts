import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, expectOk } from '../check-reply';
import type { FetchPort, KeyVerdict } from '../source';

const shortLimitBytes = 64_000;

/** The reply also holds the token itself: nothing else of it is read. */
const Me = v.object({
  user: v.object({
    username: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
    role: v.nullish(v.pipe(v.string(), v.maxLength(60)), ''),
    isAdmin: v.nullish(v.boolean(), false),
  }),
});

/** The only role of Umami's that can change nothing. */
const viewOnly = 'view-only';

/**
 * Whose the key is, by whose role it may do things, and a proof that it reads this website's replays.
 * Errors: connection-place for a website that it doesn't reach.
 */
export async function verifyUmami(fetch: FetchPort, replaysPath: string, signal?: AbortSignal): Promise<KeyVerdict> {
  const reply = await fetch({ method: 'GET', path: '/api/me', signal });
  expectOk(reply, 'service');
  const { username, role, isAdmin } = checkShape(Me, await reply.json(shortLimitBytes)).user;

  const probe = await fetch({ method: 'GET', path: replaysPath, signal });
  if ([401, 403, 404].includes(probe.status)) {
    probe.discard();
    // The key was just taken: Umami says 401 of websites that are somebody else's, too.
    throw new CasementError('connection-place', { field: sourceWords.places.website });
  }
  expectOk(probe, 'service');
  probe.discard();

  const name = isAdmin ? 'admin' : role;
  const why = name === 'admin' ? sourceWords.umami.isAdmin : sourceWords.umami.canEdit;
  return {
    holder: username,
    scopes: [{ name: name || 'user', evidence: 'reported' }],
    overPrivileged: name === viewOnly ? [] : [{ scope: name || 'user', why }],
  };
}
