import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { expectOk } from '../check-reply';
import { findNeedless, isEnough } from '../key-scopes';
import type { FetchPort, KeyVerdict } from '../source';
import { readPostHogKey, unknownProject, type PostHogProject } from './project';

const neededScopes = {
  required: ['session_recording:read'],
  useful: ['person:read'],
  ask: sourceWords.posthog.ask,
};

/**
 * Returns the key's owner and scopes, and verifies that it can read this project's recordings. Throws `key-forbidden`
 * without the scope, and `connection-place` if it can't reach the project.
 */
export async function verifyPostHog(
  fetch: FetchPort,
  project: PostHogProject,
  signal?: AbortSignal,
): Promise<KeyVerdict> {
  const key = await readPostHogKey(fetch, signal);
  if (key && !isEnough(key.scopes, neededScopes)) throw new CasementError('key-forbidden');
  project.learn(key);
  await probe(project, key !== undefined, signal);
  const account = await project.id(signal);
  if (!key) {
    const scopes = [{ name: 'session_recording:read', evidence: 'probed' as const }];
    return { holder: '', scopes, overPrivileged: [], notice: sourceWords.posthog.unreported, account };
  }
  const overPrivileged = findNeedless(key.scopes, neededScopes);
  if (key.projects.length === 0) {
    overPrivileged.push({ scope: 'scoped_teams', why: sourceWords.keyWarnings.allProjects });
  }
  const scopes = key.scopes.map((name) => ({ name, evidence: 'reported' as const }));
  return { holder: key.label, scopes, overPrivileged, account };
}

/** A key that has the scope but is refused belongs to another project. */
async function probe(project: PostHogProject, hasScope: boolean, signal?: AbortSignal): Promise<void> {
  const reply = await project.ask('/session_recordings/?limit=1&date_from=-1d', signal);
  if (reply.status === 404 || (reply.status === 403 && hasScope)) {
    reply.discard();
    throw unknownProject();
  }
  expectOk(reply, 'service');
  reply.discard();
}
