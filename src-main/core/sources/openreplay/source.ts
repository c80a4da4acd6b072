import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, errorForStatus, expectOk } from '../check-reply';
import { readExactJson } from '../exact-json';
import type { FetchPort, KeyVerdict, Source } from '../source';
import { openEvents } from './open';
import { firstMs, lastMs, replyLimitBytes, Sessions, type Ask } from './protocol';
import { searchOpenReplay } from './search';

export interface OpenReplayOptions {
  /** The project key from the preferences; not secret. */
  projectKey: string;
  /** The prefix of all paths; see `openReplayBasePath`. */
  basePath: string;
}

/** Returns the API's base path at an origin: the cloud's differs from that of self-hosted instances. */
export function openReplayBasePath(origin: string): string {
  return new URL(origin).host === 'api.openreplay.com' ? '/v2' : '/v2/api';
}

/**
 * Returns the `authorization` header of an organization's key. The transport must allow POST, which the list requests
 * use.
 */
export function openReplayAuthorization(key: string): string {
  return `Bearer ${key}`;
}

/**
 * Lists a user's sessions and reads their events as a timeline. Throws `connection-address` for an invalid project key.
 */
export function createOpenReplaySource(fetch: FetchPort, { projectKey, basePath }: OpenReplayOptions): Source {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(projectKey) || !/^(\/[A-Za-z0-9_-]+)*$/.test(basePath)) {
    throw new CasementError('connection-address');
  }
  const project = `${basePath}/public/${projectKey}`;
  const ask: Ask = (path, body, signal) =>
    fetch({ method: 'POST', path: `${project}${path}`, body: JSON.stringify(body), signal });
  return {
    capabilities: {
      isReplayable: false,
      search: ['email', 'uid', 'sessionId', 'from', 'to', 'minDurationMs', 'maxDurationMs'],
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verify(ask, fetch, `${basePath}/public/projects`, signal),
    search: (query, cursor, signal) => searchOpenReplay(ask, query, cursor, signal),
    open: (remoteId, options) => openEvents(ask, remoteId, options),
    deepLink: () => undefined,
    // Session ids are 64-bit numbers of which the upper bits are a time: none of a real session has fewer digits.
    recognize: (text) => (/^\d{15,20}$/.test(text) ? [{ by: 'sessionId', text }] : []),
  };
}

/** No request describes the key, so this lists the sessions of a user who can't exist. */
async function verify(ask: Ask, fetch: FetchPort, projectsPath: string, signal?: AbortSignal): Promise<KeyVerdict> {
  const body = { startTimestamp: firstMs, endTimestamp: lastMs, limit: 1, page: 1 };
  const reply = await ask('/users/casement-key-check/sessions', body, signal);
  if (reply.status === 401) {
    reply.discard();
    await refuseProject(fetch, projectsPath, signal);
    throw errorForStatus(reply, 'service');
  }
  expectOk(reply, 'service');
  checkShape(Sessions, await readExactJson(reply, replyLimitBytes));
  const words = sourceWords.openreplay;
  return {
    holder: '',
    scopes: [{ name: words.organizationKey, evidence: 'probed' }],
    overPrivileged: [{ scope: words.organizationKey, why: words.canDelete }],
    notice: words.timelineOnly,
  };
}

/**
 * Throws `connection-place` if the key is valid and only the project key is not: OpenReplay answers 401 for both (openreplay/openreplay
 * dbb68105, backend/pkg/server/auth/authorizer_tenant.go), but lists the projects for a valid key.
 */
async function refuseProject(fetch: FetchPort, path: string, signal?: AbortSignal): Promise<void> {
  const reply = await fetch({ method: 'GET', path, signal });
  reply.discard();
  if (reply.status === 200) throw new CasementError('connection-place', { field: sourceWords.places.projectKey });
}
