import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, expectOk } from '../check-reply';
import { findNeedless, isEnough } from '../key-scopes';
import type { FetchPort, KeyVerdict } from '../source';
import type { SentryProject } from './project';
import { replaysPath } from './search';

const shortLimitBytes = 256_000;
const neededScopes = { required: ['org:read', 'project:read'], ask: sourceWords.sentry.ask };

const Root = v.object({
  auth: v.nullish(
    v.object({ scopes: v.nullish(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(500)), []) }),
  ),
  user: v.nullish(
    v.object({
      email: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
      name: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
    }),
  ),
});

/**
 * Returns the key's owner and scopes, and verifies that it can read this organization's replays. Throws `key-forbidden`
 * without the scopes, and `connection-place` if it can't reach the organization.
 */
export async function verifySentry(
  fetch: FetchPort,
  project: SentryProject,
  signal?: AbortSignal,
): Promise<KeyVerdict> {
  const reply = await fetch({ method: 'GET', path: '/api/0/', signal });
  expectOk(reply, 'service');
  const { auth, user } = checkShape(Root, await reply.json(shortLimitBytes));
  // Sentry also answers this request without a valid key.
  if (!auth) throw new CasementError('key-refused');
  if (!isEnough(auth.scopes, neededScopes)) throw new CasementError('key-forbidden');
  await probe(fetch, project, signal);
  return {
    holder: user?.email || user?.name || '',
    scopes: auth.scopes.map((name) => ({ name, evidence: 'reported' as const })),
    overPrivileged: findNeedless(auth.scopes, neededScopes),
  };
}

async function probe(fetch: FetchPort, project: SentryProject, signal?: AbortSignal): Promise<void> {
  const params = new URLSearchParams({ per_page: '1', statsPeriod: '1d', project: project.projectId ?? '-1' });
  const reply = await fetch({ method: 'GET', path: `${replaysPath(project)}?${params.toString()}`, signal });
  if (reply.status === 404 || reply.status === 403) {
    reply.discard();
    const { places } = sourceWords;
    const field = reply.status === 403 && project.projectId !== undefined ? places.project : places.organization;
    throw new CasementError('connection-place', { field });
  }
  expectOk(reply, 'service');
  reply.discard();
}
