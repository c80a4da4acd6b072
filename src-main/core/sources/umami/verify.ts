import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, expectOk } from '../check-reply';
import { isWebPage } from '../read-json';
import type { FetchPort, KeyVerdict } from '../source';
import { shortLimitBytes } from './protocol';

/** The reply also contains the token, which is not read. */
const Me = v.object({
  user: v.object({
    username: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
    role: v.nullish(v.pipe(v.string(), v.maxLength(60)), ''),
    isAdmin: v.nullish(v.boolean(), false),
  }),
});

/** The only role that can't change anything. */
const viewOnly = 'view-only';

/**
 * Returns the key's user and the rights of its role, and verifies that the key can read this website's replays. Throws
 * `connection-place` if it can't reach the website, `remote-no-service` for a version without replays.
 */
export async function verifyUmami(fetch: FetchPort, replaysPath: string, signal?: AbortSignal): Promise<KeyVerdict> {
  const reply = await fetch({ method: 'GET', path: '/api/me', signal });
  expectOk(reply, 'service');
  const { username, role, isAdmin } = checkShape(Me, await reply.json(shortLimitBytes)).user;

  const probe = await fetch({ method: 'GET', path: replaysPath, signal });
  if ((probe.status === 401 || probe.status === 403) && !isWebPage(probe.headers['content-type'])) {
    probe.discard();
    // The key was accepted above; Umami also returns 401 for other users' websites.
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
