import { CasementError, hasCode } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { findNeedless, isEnough } from '../key-scopes';
import { isWebPage } from '../read-json';
import type { KeyVerdict } from '../source';
import { unknownProject, type PostHogKey, type PostHogProject } from './project';
import { expectPostHog, neededScope } from './refusal';

const neededScopes = { required: [neededScope], ask: neededScope };

/**
 * Returns the key's owner and scopes, and verifies that it can read this project's recordings. Throws `key-scope`
 * without the scope, `connection-place` if it can't reach the project, and the errors of `expectPostHog`.
 */
export async function verifyPostHog(project: PostHogProject, signal?: AbortSignal): Promise<KeyVerdict> {
  const key = await readKey(project, signal);
  if (key && !isEnough(key.scopes, neededScopes)) throw new CasementError('key-scope', { scopes: neededScope });
  project.learn(key);
  await probe(project, signal);
  const account = await project.id(signal);
  if (!key) {
    const scopes = [{ name: neededScope, evidence: 'probed' as const }];
    return { holder: '', scopes, overPrivileged: [], notice: sourceWords.posthog.unreported, account };
  }
  const overPrivileged = findNeedless(key.scopes, neededScopes);
  if (key.projects.length === 0) {
    overPrivileged.push({ scope: 'scoped_teams', why: sourceWords.keyWarnings.allProjects });
  }
  const { createdAt, lastUsedAt, rotatedAt } = key;
  return {
    holder: key.label,
    scopes: key.scopes.map((name) => ({ name, evidence: 'reported' as const })),
    overPrivileged,
    ...(createdAt !== undefined && { createdAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    ...(rotatedAt !== undefined && { rotatedAt }),
    account,
  };
}

/** Some kinds of keys can't read a description but can read recordings: with a known project the request for those decides. */
async function readKey(project: PostHogProject, signal?: AbortSignal): Promise<PostHogKey | undefined> {
  try {
    return await project.readKey(signal);
  } catch (error) {
    if (hasCode(error, 'key-refused') && project.known() !== undefined) return undefined;
    throw error;
  }
}

async function probe(project: PostHogProject, signal?: AbortSignal): Promise<void> {
  const reply = await project.ask('/session_recordings/?limit=1&date_from=-1d', signal);
  if (reply.status === 404 && !isWebPage(reply.headers['content-type'])) {
    reply.discard();
    throw unknownProject();
  }
  await expectPostHog(reply, 'service');
  reply.discard();
}
