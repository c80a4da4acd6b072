import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import type { FetchPort, Source } from '../source';
import { Id, openDatadog } from './open';
import { searchDatadog } from './search';
import { verifyDatadog } from './verify';

/** Returns the headers of a key: the API key and the application key, joined by a colon. Throws `key-refused` for any other text. */
export function datadogHeaders(key: string): Record<string, string> {
  const [, apiKey, applicationKey] = /^([\x21-\x39\x3b-\x7e]+):([\x21-\x7e]+)$/.exec(key) ?? [];
  if (apiKey === undefined || applicationKey === undefined) throw new CasementError('key-refused');
  return { 'dd-api-key': apiKey, 'dd-application-key': applicationKey };
}

/** `origin`: the address of the API, such as `https://api.datadoghq.eu`; used for links. */
export function createDatadogSource(fetch: FetchPort, { origin }: { origin: string }): Source {
  return {
    capabilities: {
      isReplayable: true,
      search: ['email', 'uid', 'sessionId', 'from', 'to', 'minDurationMs', 'maxDurationMs', 'hasErrors', 'filters'],
      isLive: false,
      hasDeepLink: true,
    },
    verify: (signal) => verifyDatadog(fetch, signal),
    search: (query, cursor, signal) => searchDatadog(fetch, query, cursor, signal),
    open: (remoteId, options) => openDatadog(fetch, remoteId, options),
    deepLink(remoteId) {
      const site = webSite(origin);
      return site && v.is(Id, remoteId) ? `${site}/rum/replay/sessions/${remoteId}` : undefined;
    },
    recognize: (text) => (v.is(Id, text) ? [{ by: 'sessionId', text }] : []),
  };
}

/** Returns the address of Datadog's own pages for that of its API; undefined for another host. */
function webSite(origin: string): string | undefined {
  const { hostname } = new URL(origin);
  const [, region] = /^api\.((?:[a-z0-9]+\.)?(?:datadoghq\.(?:com|eu)|ddog-gov\.com))$/.exec(hostname) ?? [];
  if (region === undefined) return undefined;
  // Sites with a region in their name have no `app`.
  return /^(datadoghq\.(com|eu)|ddog-gov\.com)$/.test(region) ? `https://app.${region}` : `https://${region}`;
}
