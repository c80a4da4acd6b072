import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, expectOk } from '../check-reply';
import type { FetchPort, FetchReply } from '../source';

const shortLimitBytes = 64_000;
const ProjectId = v.pipe(v.string(), v.regex(/^\d{1,12}$/));

const CurrentKey = v.object({
  label: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
  /** Keys from before scopes existed have none and allow everything. */
  scopes: v.nullish(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(500))),
  scoped_teams: v.nullish(v.pipe(v.array(v.pipe(v.number(), v.safeInteger())), v.maxLength(10_000))),
});

/** A key's description of itself. */
export interface PostHogKey {
  label: string;
  scopes: string[];
  /** The ids of the projects that the key is limited to; empty if it is not limited. */
  projects: string[];
}

/** Throws `connection-ingest` for PostHog's hosts under `i.posthog.com`, which only receive events. */
export function checkPostHogOrigin(origin: string): void {
  const { hostname } = new URL(origin);
  if (hostname !== 'i.posthog.com' && !hostname.endsWith('.i.posthog.com')) return;
  throw new CasementError('connection-ingest', {
    host: hostname.startsWith('eu') ? 'eu.posthog.com' : 'us.posthog.com',
  });
}

/** Returns the key's description; undefined if the server is too old to provide one. */
export async function readPostHogKey(fetch: FetchPort, signal?: AbortSignal): Promise<PostHogKey | undefined> {
  const reply = await fetch({ method: 'GET', path: '/api/personal_api_keys/@current/', signal });
  if (reply.status === 404) {
    reply.discard();
    return undefined;
  }
  expectOk(reply, 'service');
  const { label, scopes, scoped_teams } = checkShape(CurrentKey, await reply.json(shortLimitBytes));
  return { label, scopes: scopes?.length ? scopes : ['*'], projects: (scoped_teams ?? []).map(String) };
}

/** Sends requests to the connection's project. */
export interface PostHogProject {
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
export function openProject(fetch: FetchPort, entered: string | undefined): PostHogProject {
  if (entered !== undefined && !v.is(ProjectId, entered)) throw unknownProject();
  let known = entered;
  const learn = (key: PostHogKey | undefined): void => {
    if (key?.projects.length === 1) known ??= key.projects[0];
  };
  const id = async (signal?: AbortSignal): Promise<string> => {
    if (known === undefined) learn(await readPostHogKey(fetch, signal));
    if (known === undefined) throw unknownProject();
    return known;
  };
  return {
    id,
    learn,
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
