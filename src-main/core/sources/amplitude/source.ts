import { sourceWords } from '../../../contract/words/sources';
import { expectOk } from '../check-reply';
import type { FetchPort, KeyVerdict, PresignedFetch, Source } from '../source';
import { openAmplitude } from './open';
import { amplitudeFileHosts, isReplayId } from './address';
import { replaysPath, searchAmplitude } from './search';

export { amplitudeAuthorization, amplitudeOrigin } from './address';

export interface AmplitudeOptions {
  /** GETs addresses that Amplitude signed, without a key and only at the listed hosts. */
  fetchPresigned: PresignedFetch;
  /** The allowed hosts of these addresses; Amplitude's own stores by default. */
  fileHosts?: readonly string[];
}

export function createAmplitudeSource(
  fetch: FetchPort,
  { fetchPresigned, fileHosts = amplitudeFileHosts }: AmplitudeOptions,
): Source {
  return {
    capabilities: {
      isReplayable: true,
      search: ['email', 'uid', 'distinctId', 'sessionId', 'from', 'to', 'minDurationMs', 'maxDurationMs', 'filters'],
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verify(fetch, signal),
    search: (query, cursor, signal) => searchAmplitude(fetch, query, cursor, signal),
    open: (remoteId, options) => openAmplitude({ fetch, fetchPresigned, fileHosts }, remoteId, options),
    deepLink: () => undefined,
    recognize: (text) => (isRecognised(text) ? [{ by: 'sessionId', text }] : []),
  };
}

/** Matches `device/session` where the session is a time in milliseconds, as Amplitude's own SDKs set it. */
const isRecognised = (text: string): boolean => isReplayId(text) && /^[^\s/]+\/\d{13}$/.test(text);

/** Amplitude doesn't report a key's owner or scopes. Listing replays is tried; the rest is inferred from the type of key. */
async function verify(fetch: FetchPort, signal?: AbortSignal): Promise<KeyVerdict> {
  const reply = await fetch({ method: 'GET', path: `${replaysPath}?page_size=1`, signal });
  expectOk(reply, 'service');
  reply.discard();
  const { keyPair, canDelete, beta } = sourceWords.amplitude;
  return {
    holder: '',
    scopes: [
      { name: 'session-replays', evidence: 'probed' },
      { name: keyPair, evidence: 'inferred' },
    ],
    overPrivileged: [{ scope: keyPair, why: canDelete }],
    notice: beta,
  };
}
