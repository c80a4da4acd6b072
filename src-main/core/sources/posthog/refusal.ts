import { CasementError } from '../../../contract/errors';
import { errorForStatus, readRefusal } from '../check-reply';
import type { FetchReply } from '../source';
import { unknownProject } from './project';

/** The only scope that Casement needs. */
export const neededScope = 'session_recording:read';

/**
 * The sentences by which PostHog refuses a key that it knows, all with status 403 and code `permission_denied` (PostHog/posthog, `permissions.py`
 * @001027ce, APIScopePermission and AccessControlPermission). They quote names, so only their fixed parts are compared.
 */
const reasons: readonly { sentence: RegExp; error: () => CasementError }[] = [
  {
    sentence: /does not allow using personal API keys/i,
    error: () => new CasementError('key-organization'),
  },
  {
    sentence: /missing required scope|has no scopes/i,
    error: () => new CasementError('key-scope', { scopes: neededScope }),
  },
  {
    sentence: /access to the (requested )?(project|organization)|scoped projects are only supported/i,
    error: unknownProject,
  },
  {
    sentence: /do not have \w+ access to this resource/i,
    error: () => new CasementError('key-role'),
  },
];

/** Throws unless the status is 200. A 403 without a known reason says nothing about the project. */
export async function expectPostHog(reply: FetchReply, missing: 'session' | 'service'): Promise<void> {
  if (reply.status === 200) return;
  const text = await readRefusal(reply);
  if (reply.status !== 403) throw errorForStatus(reply, missing);
  throw reasons.find(({ sentence }) => sentence.test(text))?.error() ?? new CasementError('key-forbidden');
}
