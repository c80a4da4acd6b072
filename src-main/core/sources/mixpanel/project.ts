import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { isRecord } from '../../recording/json';
import { checkShape, expectOk } from '../check-reply';
import type { FetchPort } from '../source';

const replyLimitBytes = 8_000_000;

const Me = v.object({
  user_name: v.nullish(v.string(), ''),
  user_email: v.nullish(v.string(), ''),
  /** By number. */
  projects: v.nullish(v.looseObject({}), {}),
});

/** A key's owner and project, as Mixpanel reports them. */
export interface MixpanelAccess {
  holder: string;
  /** The project's time zone, in which Mixpanel counts days; undefined if it isn't reported. */
  timeZone: string | undefined;
  /** Mixpanel's clock, ms. */
  now: number;
}

/** Reads `GET /me` of mixpanel/mixpanel-headless 6a10a935, _internal/me.py. Throws `connection-place` if the key can't use the project. */
export async function readAccess(fetch: FetchPort, project: string, signal?: AbortSignal): Promise<MixpanelAccess> {
  const reply = await fetch({ method: 'GET', path: '/api/app/me', signal });
  expectOk(reply, 'service');
  const now = Date.parse(reply.headers.date ?? '');
  const { projects, user_name, user_email } = checkShape(Me, unwrap(await reply.json(replyLimitBytes)));
  const isListed = Object.hasOwn(projects, project);
  if (!isListed && Object.keys(projects).length > 0) throw unknownProject();
  if (Number.isNaN(now)) throw new CasementError('remote-shape', { place: 'date' });
  const facts = isListed ? projects[project] : undefined;
  const timeZone = isRecord(facts) && typeof facts.timezone === 'string' ? facts.timezone : undefined;
  return { holder: user_email || user_name, timeZone, now };
}

/** Most replies of Mixpanel's app API are in `results`. */
export function unwrap(reply: unknown): unknown {
  const Wrapped = v.object({ results: v.union([v.looseObject({}), v.array(v.unknown())]) });
  return v.is(Wrapped, reply) ? reply.results : reply;
}

export const unknownProject = (): CasementError =>
  new CasementError('connection-place', { field: sourceWords.places.project });
