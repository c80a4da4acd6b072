import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { checkShape, expectOk } from '../check-reply';
import type { FetchPort, FetchReply } from '../source';

const shortLimitBytes = 64_000;
const ProjectId = v.pipe(v.string(), v.regex(/^\d{1,12}$/));

const CurrentKey = v.object({
  label: v.nullish(v.pipe(v.string(), v.maxLength(320)), ''),
  /** Keys from before there were scopes have none, which means all. */
  scopes: v.nullish(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(500))),
  scoped_teams: v.nullish(v.pipe(v.array(v.pipe(v.number(), v.safeInteger())), v.maxLength(10_000))),
});

/** A key as it describes itself. */
export interface PostHogKey {
  label: string;
  scopes: string[];
  /** Ids of the projects that it is limited to; none: not limited. */
  projects: string[];
}

/** PostHog's API hosts that can be asked; those under `i.posthog.com` only take events in. Throws `connection-ingest`. */
export function checkPostHogOrigin(origin: string): void {
  const { hostname } = new URL(origin);
  if (hostname !== 'i.posthog.com' && !hostname.endsWith('.i.posthog.com')) return;
  throw new CasementError('connection-ingest', {
    host: hostname.startsWith('eu') ? 'eu.posthog.com' : 'us.posthog.com',
  });
}

/** What the key says of itself; undefined for a server that is too old to tell. */
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

/** Asks PostHog for something of the connection's project. */
export interface PostHogProject {
  ask: (path: string, signal?: AbortSignal, accept?: string) => Promise<FetchReply>;
  /** Throws `connection-place` where none was entered and the key is limited to none or to several. */
  id: (signal?: AbortSignal) => Promise<string>;
  /** The id where it is already known. */
  known: () => string | undefined;
  /** The only project of a key is the one, if none was entered. */
  learn: (key: PostHogKey | undefined) => void;
}

/**
 * The project that a connection is for: as entered, or the only one that its key is limited to. Such a key may not list projects,
 * so nothing else can be found out.
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
