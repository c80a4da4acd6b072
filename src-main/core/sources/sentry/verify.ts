import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, errorForStatus, readRefusal } from '../check-reply';
import { findNeedless, isEnough } from '../key-scopes';
import type { FetchPort, KeyVerdict } from '../source';
import type { SentryProject } from './project';
import { expectSentry, readOrganization } from './refusal';
import { Replay } from './replay';
import { replaysPath, segmentsPath } from './search';

const shortLimitBytes = 256_000;
const listLimitBytes = 4_000_000;
const neededScopes = { required: ['org:read', 'project:read'], ask: sourceWords.sentry.ask };

const Root = v.object({
  auth: v.nullish(
    v.object({ scopes: v.nullish(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(500))) }),
  ),
  user: v.nullish(
    v.object({
      email: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
      name: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
    }),
  ),
});
const Newest = v.object({ data: v.nullish(v.array(Replay), []) });

/**
 * Returns the key's owner and scopes, and verifies that it can read this organization's replays and their segments. The requests decide, not
 * the reported scopes: region hosts report none, and those of an organization token have other names. Throws `key-refused`, `key-scope`, and
 * the errors of `expectSentry`.
 */
export async function verifySentry(
  fetch: FetchPort,
  project: SentryProject,
  signal?: AbortSignal,
): Promise<KeyVerdict> {
  const root = await readRoot(fetch, signal);
  const newest = await probeList(fetch, project, root?.scopes, signal);
  const scopes = root?.scopes ?? (await readOrganization(fetch, project, signal)).scopes;
  const isKnown = scopes !== undefined && isEnough(scopes, neededScopes);
  if (!isKnown) await probeSegments(fetch, project, { newest, scopes }, signal);
  const holder = root?.holder ?? '';
  if (!scopes) {
    const probed = newest ? neededScopes.required : ['org:read'];
    return {
      holder,
      scopes: probed.map((name) => ({ name, evidence: 'probed' as const })),
      overPrivileged: [],
      notice: sourceWords.sentry.unreported,
    };
  }
  return {
    holder,
    scopes: scopes.map((name) => ({ name, evidence: 'reported' as const })),
    overPrivileged: warnOf(scopes),
  };
}

/** An organization token has no other scope than `org:ci`, and can't be limited. */
function warnOf(scopes: readonly string[]): KeyVerdict['overPrivileged'] {
  if (scopes.length !== 1 || scopes[0] !== 'org:ci') return findNeedless(scopes, neededScopes);
  return [{ scope: 'org:ci', why: sourceWords.sentry.organizationToken }];
}

/**
 * Reads the API's index, which names the key's owner and scopes. Returns undefined where it doesn't exist: the region hosts of Sentry's cloud
 * answer 404 (getsentry/sentry, `api/endpoints/index.py`; a control silo endpoint).
 */
async function readRoot(
  fetch: FetchPort,
  signal?: AbortSignal,
): Promise<{ holder: string; scopes: readonly string[] | undefined } | undefined> {
  const reply = await fetch({ method: 'GET', path: '/api/0/', signal });
  if (reply.status === 401) {
    await readRefusal(reply);
    throw new CasementError('key-refused');
  }
  if (reply.status !== 200) {
    reply.discard();
    if (reply.status >= 500) throw errorForStatus(reply, 'service');
    return undefined;
  }
  const { auth, user } = checkShape(Root, await reply.json(shortLimitBytes));
  // Sentry also answers this request without a valid key.
  if (auth === null) throw new CasementError('key-refused');
  return { holder: user?.email || user?.name || '', scopes: auth?.scopes ?? undefined };
}

/** Lists one replay and returns it; undefined if there is none. */
async function probeList(
  fetch: FetchPort,
  project: SentryProject,
  scopes: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<Replay | undefined> {
  const params = new URLSearchParams({ per_page: '1', statsPeriod: '90d', project: project.projectId ?? '-1' });
  const reply = await fetch({ method: 'GET', path: `${replaysPath(project)}?${params.toString()}`, signal });
  if (reply.status === 403 && scopes && !isEnough(scopes, { ...neededScopes, required: ['org:read'] })) {
    await readRefusal(reply);
    throw new CasementError('key-scope', { scopes: missingOf(scopes) });
  }
  await expectSentry(fetch, project, reply, 'list', signal);
  const { data } = checkShape(Newest, await reply.json(listLimitBytes));
  return data.find(({ is_archived, project_id }) => !is_archived && project_id);
}

/**
 * Requests one segment of a replay, because the scopes don't show whether the key can. Without a replay it can't be tested: the key is accepted
 * unless the platform itself reports that `project:read` is missing.
 */
async function probeSegments(
  fetch: FetchPort,
  project: SentryProject,
  { newest, scopes }: { newest: Replay | undefined; scopes: readonly string[] | undefined },
  signal?: AbortSignal,
): Promise<void> {
  if (!newest?.project_id) {
    const governs = scopes?.some((scope) => scope.startsWith('org:') && scope !== 'org:ci');
    if (scopes && governs) throw new CasementError('key-scope', { scopes: missingOf(scopes) });
    return;
  }
  const path = segmentsPath(project, { projectId: newest.project_id, replayId: newest.id });
  const reply = await fetch({ method: 'GET', path: `${path}?download=true&per_page=1`, signal });
  if (reply.status === 403 && scopes) {
    await readRefusal(reply);
    throw new CasementError('key-scope', { scopes: missingOf(scopes) });
  }
  // A replay that was deleted meanwhile says nothing about the key.
  if (reply.status === 404) return reply.discard();
  await expectSentry(fetch, project, reply, 'segments', signal);
  reply.discard();
}

/** Returns the required scopes that are missing, as a list for a sentence. */
function missingOf(scopes: readonly string[]): string {
  const missing = neededScopes.required.filter((scope) => !isEnough(scopes, { ...neededScopes, required: [scope] }));
  return missing.length > 0 ? missing.join(' and ') : neededScopes.ask;
}
