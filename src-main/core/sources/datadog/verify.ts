import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { expectOk } from '../check-reply';
import type { FetchPort, KeyVerdict } from '../source';
import { listEvents } from './events';

/** A session that can't exist. */
const nobody = '00000000-0000-4000-8000-000000000000';

/**
 * Verifies the API key, and that the application key can list RUM events and read replays. Datadog reports neither the owner nor the
 * permissions of an application key. Throws `key-refused` and `key-forbidden`.
 */
export async function verifyDatadog(fetch: FetchPort, signal?: AbortSignal): Promise<KeyVerdict> {
  const valid = await fetch({ method: 'GET', path: '/api/v1/validate', signal });
  // Datadog answers an unknown API key with 403.
  if (valid.status === 403) {
    valid.discard();
    throw new CasementError('key-refused');
  }
  expectOk(valid, 'service');
  valid.discard();
  await listEvents(fetch, { query: '@type:session', from: 'now-1h', sort: '-timestamp', limit: 1 }, signal);
  const path = `/api/v2/rum/replay/sessions/${nobody}/views/${nobody}/segments`;
  const segments = await fetch({ method: 'GET', path, accept: '*/*', signal });
  segments.discard();
  // Any other answer to an unknown session means that the key may ask.
  if (![200, 400, 404].includes(segments.status)) expectOk(segments, 'service');
  return {
    holder: '',
    scopes: ['rum_apps_read', 'rum_session_replay_read'].map((name) => ({ name, evidence: 'probed' as const })),
    overPrivileged: [],
    notice: sourceWords.datadog.unknown,
  };
}
