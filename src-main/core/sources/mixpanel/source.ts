import { CasementError, hasCode } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { errorForStatus } from '../check-reply';
import type { FetchPort, KeyVerdict, PresignedFetch, Source } from '../source';
import { mixpanelFileHosts, type MixpanelStore } from './files';
import { openMixpanel } from './open';
import { readAccess, unknownProject } from './project';
import { searchMixpanel } from './search';
import { askSignature } from './sign';

export interface MixpanelOptions {
  project: string;
  /** GETs addresses that Mixpanel signed, without a key and only at the listed hosts. */
  fetchPresigned: PresignedFetch;
  /** The allowed hosts of these addresses; Mixpanel's own by default. */
  fileHosts?: readonly string[];
}

/**
 * Returns the `authorization` header for a key: the service account's user name and its secret, joined by a colon. Throws `key-refused` for any
 * other text.
 */
export function mixpanelAuthorization(key: string): string {
  if (!/^[\x21-\x39\x3b-\x7e]+:[\x21-\x7e]+$/.test(key)) throw new CasementError('key-refused');
  return `Basic ${btoa(key)}`;
}

/** Throws `connection-place` if `project` isn't a number. */
export function createMixpanelSource(
  fetch: FetchPort,
  { project, fetchPresigned, fileHosts = mixpanelFileHosts }: MixpanelOptions,
): Source {
  if (!/^\d{1,18}$/.test(project)) throw unknownProject();
  const store: MixpanelStore = { fetch, project, fetchPresigned, fileHosts };
  return {
    capabilities: {
      isReplayable: true,
      search: ['uid', 'distinctId', 'sessionId', 'from', 'to'],
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verify(store, signal),
    search: (query, _, signal) => searchMixpanel(store, query, signal),
    open: (remoteId, options) => openMixpanel(store, remoteId, options),
    deepLink: () => undefined,
  };
}

/** The id of no replay. A key without access to recordings is refused before Mixpanel looks for it. */
const madeUpId = 'casement-key-check';

async function verify({ fetch, project }: MixpanelStore, signal?: AbortSignal): Promise<KeyVerdict> {
  const { holder } = await readAccess(fetch, project, signal);
  const reply = await askSignature(fetch, project, madeUpId, signal);
  reply.discard();
  const error = reply.status === 200 ? undefined : errorForStatus(reply, 'session');
  if (hasCode(error, 'key-refused', 'key-forbidden', 'remote-blocked', 'remote-rate-limited', 'remote-failed'))
    throw error;
  const { replays, unknown } = sourceWords.mixpanel;
  return {
    holder,
    scopes: [{ name: replays, evidence: error ? 'inferred' : 'probed' }],
    overPrivileged: [],
    notice: unknown,
  };
}
