import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';

export interface SentryProject {
  /** `https://us.sentry.io`, `https://de.sentry.io` or a server of the company's own; for links. */
  origin: string;
  /** The organization's slug, as in its addresses, or its number. */
  organization: string;
  /** The number of the one project to list; all that the key reaches if left out. */
  projectId?: string | undefined;
}

const Slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,99}$/));
const ProjectId = v.optional(v.pipe(v.string(), v.regex(/^\d{1,20}$/)));

/** Throws `connection-place` for what can be no name of Sentry's. */
export function checkSentryProject({ organization, projectId }: SentryProject): void {
  const { places } = sourceWords;
  if (!v.is(Slug, organization)) throw new CasementError('connection-place', { field: places.organization });
  if (!v.is(ProjectId, projectId)) throw new CasementError('connection-place', { field: places.project });
}

/** A replay is asked for by its project and its own id. */
export interface ReplayName {
  projectId: string;
  replayId: string;
}

const remoteIdPattern = /^(\d{1,20}):([0-9a-f]{32})$/;

export const writeRemoteId = ({ projectId, replayId }: ReplayName): string => `${projectId}:${replayId}`;

export function readRemoteId(remoteId: string): ReplayName | undefined {
  const [, projectId, replayId] = remoteIdPattern.exec(remoteId) ?? [];
  return projectId !== undefined && replayId !== undefined ? { projectId, replayId } : undefined;
}

/** Sentry's own player; `event_t` is a moment, which Sentry converts to a time in the replay. */
export function linkToReplay({ origin, organization }: SentryProject, { replayId }: ReplayName, atMs?: number): string {
  const { hostname } = new URL(origin);
  const isCloud = hostname === 'sentry.io' || hostname.endsWith('.sentry.io');
  const base = isCloud ? `https://${organization}.sentry.io` : `${origin}/organizations/${organization}`;
  return `${base}/replays/${replayId}/${atMs === undefined ? '' : `?event_t=${Math.round(atMs)}`}`;
}
