import * as v from 'valibot';
import { searchFields } from '../../../contract/source';
import type { OAuthGrant } from '../oauth-grant';
import type { FetchPort, Source } from '../source';
import { openPostHog } from './open';
import { checkPostHogOrigin, openProject } from './project';
import { recognizePostHog } from './recognize';
import { SessionId, searchPostHog } from './search';
import { verifyPostHog } from './verify';

export interface PostHogConnection {
  /** `https://us.posthog.com`, `https://eu.posthog.com` or a self-hosted server; checked, and used for links. */
  origin: string;
  /** The project's number; required unless the key is limited to one project. */
  projectId?: string | undefined;
  /** The grant of the sign-in; undefined for a personal key. */
  grant?: OAuthGrant | undefined;
}

/** Returns the `authorization` header of a personal API key (`phx_…`). */
export function postHogAuthorization(key: string): string {
  return `Bearer ${key}`;
}

/**
 * Throws `connection-ingest` for an address that only receives events, and `connection-place` for an invalid project
 * number.
 */
export function createPostHogSource(fetch: FetchPort, { origin, projectId, grant }: PostHogConnection): Source {
  checkPostHogOrigin(origin);
  const project = openProject(fetch, projectId, grant);
  return {
    capabilities: {
      isReplayable: true,
      search: [...searchFields],
      isLive: true,
      hasDeepLink: true,
    },
    repeatsLines: true,
    verify: (signal) => verifyPostHog(project, signal),
    search: (query, cursor, signal) => searchPostHog(project, query, cursor, signal),
    open: (remoteId, options) => openPostHog(project, remoteId, options),
    deepLink(remoteId, atMs) {
      const id = project.known();
      if (id === undefined || !v.is(SessionId, remoteId)) return undefined;
      const at = atMs === undefined ? '' : `?timestamp=${Math.round(atMs)}`;
      return `${origin}/project/${id}/replay/${remoteId}${at}`;
    },
    recognize: (text) => recognizePostHog(text, origin),
    isOwnLink({ place }) {
      const known = project.known();
      return known === undefined || place.project === undefined || place.project === known;
    },
  };
}
