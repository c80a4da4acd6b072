import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, errorForStatus, readRefusal } from '../check-reply';
import { readMoment } from '../read-moment';
import type { OAuthGrant } from '../oauth-grant';
import type { FetchPort, FetchReply } from '../source';

const shortLimitBytes = 64_000;
const ProjectId = v.pipe(v.string(), v.regex(/^\d{1,12}$/));

const CurrentKey = v.object({
  label: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
  /** Keys from before scopes existed have none and allow everything. */
  scopes: v.nullish(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(500))),
  scoped_teams: v.nullish(v.pipe(v.array(v.pipe(v.number(), v.safeInteger())), v.maxLength(10_000))),
  created_at: v.nullish(v.unknown()),
  last_used_at: v.nullish(v.unknown()),
  last_rolled_at: v.nullish(v.unknown()),
});

/** The most blocks that one request may ask for: session_recording_api.py @004ffdf6. */
const keyBatchSize = 20;
const signedInBatchSize = 100;

/** A key's description of itself. */
export interface PostHogKey {
  label: string;
  scopes: string[];
  /** The ids of the projects that the key is limited to; empty if it is not limited. */
  projects: string[];
  /** Times in ms; undefined if the server doesn't report them. */
  createdAt?: number | undefined;
  lastUsedAt?: number | undefined;
  rotatedAt?: number | undefined;
}

/** Throws `connection-ingest` for PostHog's hosts under `i.posthog.com`, which only receive events. */
export function checkPostHogOrigin(origin: string): void {
  const { hostname } = new URL(origin);
  if (hostname !== 'i.posthog.com' && !hostname.endsWith('.i.posthog.com')) return;
  throw new CasementError('connection-ingest', {
    host: hostname.startsWith('eu') ? 'eu.posthog.com' : 'us.posthog.com',
  });
}

/**
 * Returns the key's description. Every key may read its own (PostHog/posthog, `api/personal_api_key.py`, PersonalApiKeySelfAccessPermission).
 * Returns undefined if the server is too old, or has none for this kind of key: for an OAuth token it fails with 403 or 500. Throws
 * `key-refused`, `remote-blocked`.
 */
async function readPostHogKey(fetch: FetchPort, signal?: AbortSignal): Promise<PostHogKey | undefined> {
  const reply = await fetch({ method: 'GET', path: '/api/personal_api_keys/@current/', signal });
  if (reply.status !== 200) {
    await readRefusal(reply);
    if ([403, 404, 500].includes(reply.status)) return undefined;
    throw errorForStatus(reply, 'service');
  }
  const key = checkShape(CurrentKey, await reply.json(shortLimitBytes));
  return {
    label: key.label,
    scopes: key.scopes?.length ? key.scopes : ['*'],
    projects: (key.scoped_teams ?? []).map(String),
    createdAt: readMoment(key.created_at),
    lastUsedAt: readMoment(key.last_used_at),
    rotatedAt: readMoment(key.last_rolled_at),
  };
}

/** Sends requests to the connection's project. */
export interface PostHogProject {
  /** Returns the description of the key or sign-in; undefined if the server is too old to provide one. */
  readKey: (signal?: AbortSignal) => Promise<PostHogKey | undefined>;
  /** The most blocks that one request may ask for. */
  batchSize: number;
  ask: (path: string, signal?: AbortSignal, accept?: string) => Promise<FetchReply>;
  /** Throws `connection-place` if no project was entered and the key is not limited to exactly one. */
  id: (signal?: AbortSignal) => Promise<string>;
  /** Returns the id if it is already known. */
  known: () => string | undefined;
  /** Uses the key's only project if none was entered. */
  learn: (key: PostHogKey | undefined) => void;
}

/**
 * Determines a connection's project: the one that was entered, or the only one that its key is limited to. A limited
 * key can't list projects, so there is no other way.
 */
export function openProject(
  fetch: FetchPort,
  entered: string | undefined,
  grant: OAuthGrant | undefined,
): PostHogProject {
  if (entered !== undefined && !v.is(ProjectId, entered)) throw unknownProject();
  let known = entered;
  // A sign-in has no key that could be asked for: PostHog reported the same with the tokens.
  const readKey = async (signal?: AbortSignal): Promise<PostHogKey | undefined> =>
    grant ? { label: '', scopes: grant.scopes, projects: grant.projects } : readPostHogKey(fetch, signal);
  const learn = (key: PostHogKey | undefined): void => {
    if (key?.projects.length === 1) known ??= key.projects[0];
  };
  const id = async (signal?: AbortSignal): Promise<string> => {
    if (known === undefined) learn(await readKey(signal));
    if (known === undefined) throw unknownProject();
    return known;
  };
  return {
    id,
    learn,
    readKey,
    batchSize: grant ? signedInBatchSize : keyBatchSize,
    known: () => known,
    async ask(path, signal, accept) {
      const base = `/api/projects/${await id(signal)}`;
      return fetch({ method: 'GET', path: `${base}${path}`, signal, ...(accept !== undefined && { accept }) });
    },
  };
}

export function unknownProject(): CasementError {
  return new CasementError('connection-place', { field: sourceWords.places.project });
}
