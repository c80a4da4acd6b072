import { sourceWords } from '../../../contract/words/sources';
import type { FetchPort, Source } from '../source';
import { openRollbar } from './open';
import { readRemoteId } from './replay-name';
import { listOccurrences, searchRollbar } from './search';

export function createRollbarSource(fetch: FetchPort): Source {
  return {
    capabilities: {
      isReplayable: true,
      search: ['email', 'uid', 'sessionId', 'from', 'to'],
      isLive: false,
      hasDeepLink: false,
    },
    async verify(signal) {
      await listOccurrences(fetch, 1, signal);
      return {
        holder: '',
        scopes: [{ name: 'read', evidence: 'probed' }],
        overPrivileged: [],
        notice: sourceWords.rollbar.unknown,
      };
    },
    search: (query, cursor, signal) => searchRollbar(fetch, query, cursor, signal),
    open: (remoteId, options) => openRollbar(fetch, remoteId, options),
    deepLink: () => undefined,
    recognize: (text) => (readRemoteId(text) ? [{ by: 'sessionId', text }] : []),
  };
}
