import * as v from 'valibot';
import { CasementError, hasCode } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { errorForStatus, readRefusal } from '../check-reply';
import type { FetchPort, FetchReply } from '../source';
import type { SentryProject } from './project';

const organizationLimitBytes = 4_000_000;

const Names = v.nullish(v.pipe(v.array(v.string()), v.maxLength(2000)), []);
const Organization = v.object({
  /** The permissions that this key has in this organization. */
  access: v.nullish(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(500))),
  features: Names,
});

/** An organization as a key sees it. */
interface SeenOrganization {
  /** The status of the reply; 0 if the reply couldn't be read. */
  status: number;
  scopes?: readonly string[] | undefined;
  /** Undefined if the reply contains no list of features. */
  hasReplay?: boolean | undefined;
}

/**
 * Reads the organization. Its `access` is the permissions of the key, limited by the role of its owner (getsentry/sentry,
 * `api/serializers/models/organization.py`, DetailedOrganizationSerializer). Region hosts have no other report of a key's permissions. Nothing
 * depends on this reply alone, so the key can work without it.
 */
export async function readOrganization(
  fetch: FetchPort,
  { organization }: SentryProject,
  signal?: AbortSignal,
): Promise<SeenOrganization> {
  try {
    // Without `detailed=0` the reply lists all projects and teams.
    const reply = await fetch({ method: 'GET', path: `/api/0/organizations/${organization}/?detailed=0`, signal });
    const { status } = reply;
    if (status !== 200) {
      await readRefusal(reply);
      return { status };
    }
    const read = v.safeParse(Organization, await reply.json(organizationLimitBytes));
    if (!read.success) return { status };
    const { access, features } = read.output;
    const hasReplay = features && features.length > 0 ? features.includes('session-replay') : undefined;
    return { status, scopes: access ?? undefined, hasReplay };
  } catch (error) {
    if (hasCode(error, 'cancelled')) throw error;
    return { status: 0 };
  }
}

/** The thing that a request asked for. */
type Asked = 'list' | 'replay' | 'segments';

/**
 * Throws unless the status is 200. A 403 has the same text for every reason, so the organization is read to tell them apart:
 * `connection-place`, `key-scope`, `key-replay-access`, `remote-no-replay`.
 */
export async function expectSentry(
  fetch: FetchPort,
  project: SentryProject,
  reply: FetchReply,
  asked: Asked,
  signal?: AbortSignal,
): Promise<void> {
  const { status } = reply;
  if (status === 200) return;
  const text = await readRefusal(reply);
  if (status === 400 && /multiple projects/i.test(text)) throw new CasementError('connection-project');
  if (status === 403 || (status === 404 && asked === 'list')) {
    throw await explain(fetch, project, { status, asked }, signal);
  }
  throw errorForStatus(reply, asked === 'list' ? 'service' : 'session');
}

async function explain(
  fetch: FetchPort,
  project: SentryProject,
  { status, asked }: { status: 403 | 404; asked: Asked },
  signal?: AbortSignal,
): Promise<CasementError> {
  const { places } = sourceWords;
  const noAccess = (field: string): CasementError => new CasementError('connection-place', { field });
  const seen = await readOrganization(fetch, project, signal);
  if (asked === 'segments') {
    // The replay itself could be read, so the organization and replay access are not the reason.
    const hasScope = seen.scopes?.some((scope) => scope.startsWith('project:')) ?? false;
    return hasScope ? new CasementError('key-role') : new CasementError('key-scope', { scopes: 'project:read' });
  }
  if (status === 404) {
    if (seen.status !== 200) return noAccess(places.organization);
    return project.projectId !== undefined && seen.hasReplay !== false ? noAccess(places.project) : noReplay();
  }
  // A key of another organization can't read this one's description either.
  if (seen.status === 401 || seen.status === 403) return noAccess(places.organization);
  // The same list without the project shows whether the project is the reason.
  if (project.projectId !== undefined && (await canList(fetch, project, signal))) return noAccess(places.project);
  return new CasementError('key-replay-access');
}

const noReplay = (): CasementError => new CasementError('remote-no-replay');

async function canList(fetch: FetchPort, { organization }: SentryProject, signal?: AbortSignal): Promise<boolean> {
  const path = `/api/0/organizations/${organization}/replays/?per_page=1&statsPeriod=1d&project=-1`;
  const reply = await fetch({ method: 'GET', path, signal });
  reply.discard();
  return reply.status === 200;
}
