import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';

export interface SentryProject {
  /** `https://us.sentry.io`, `https://de.sentry.io` or a self-hosted server; used for links. */
  origin: string;
  /** The organization's slug or number. */
  organization: string;
  /** The number of the only project to list; all accessible projects if undefined. */
  projectId?: string | undefined;
}

const Slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9_-]{0,99}$/));
const ProjectId = v.optional(v.pipe(v.string(), v.regex(/^\d{1,20}$/)));

/** Throws `connection-place` for an invalid organization or project. */
export function checkSentryProject({ organization, projectId }: SentryProject): void {
  const { places } = sourceWords;
  if (!v.is(Slug, organization)) throw new CasementError('connection-place', { field: places.organization });
  if (!v.is(ProjectId, projectId)) throw new CasementError('connection-place', { field: places.project });
}

/** Sentry identifies a recording by its project and its replay id. */
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

/** Returns a link to Sentry's player. Sentry converts the timestamp `event_t` to a time in the replay. */
export function linkToReplay({ origin, organization }: SentryProject, { replayId }: ReplayName, atMs?: number): string {
  const { hostname } = new URL(origin);
  const isCloud = hostname === 'sentry.io' || hostname.endsWith('.sentry.io');
  const base = isCloud ? `https://${organization}.sentry.io` : `${origin}/organizations/${organization}`;
  return `${base}/replays/${replayId}/${atMs === undefined ? '' : `?event_t=${Math.round(atMs)}`}`;
}
