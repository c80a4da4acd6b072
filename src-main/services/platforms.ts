import { CasementError } from '../contract/errors';
import type { ConnectionKind, ConnectionPlace } from '../contract/source';
import { createPostHogSource, postHogAuthorization } from '../core/sources/posthog/source';
import { createRecordingServerSource, recordingServerAuthorization } from '../core/sources/recording-server';
import { createSentrySource, sentryAuthorization } from '../core/sources/sentry/source';
import type { FetchPort, Source } from '../core/sources/source';
import { createUmamiSource, umamiAuthorization } from '../core/sources/umami/source';
import type { SourceFactory } from './ports';

interface Platform {
  /** The whole `authorization` header. */
  authorize: (key: string) => string;
  /** Throws `connection-place` and `connection-ingest` for places that can't be. */
  create: (fetch: FetchPort, target: { origin: string; place: ConnectionPlace }) => Source;
}

const recordingServer: Platform = { authorize: recordingServerAuthorization, create: createRecordingServerSource };

const platforms: Readonly<Record<ConnectionKind, Platform>> = {
  demo: recordingServer,
  server: recordingServer,
  posthog: {
    authorize: postHogAuthorization,
    create: (fetch, { origin, place }) => createPostHogSource(fetch, { origin, projectId: place.project }),
  },
  sentry: {
    authorize: sentryAuthorization,
    create: (fetch, { origin, place }) =>
      createSentrySource(fetch, { origin, organization: place.organization ?? '', projectId: place.project }),
  },
  umami: {
    authorize: umamiAuthorization,
    create: (fetch, { place }) => createUmamiSource(fetch, { websiteId: place.website ?? '' }),
  },
};

type OpenTransport = (options: { origin: string; caPem: string | undefined; authorization: () => Promise<string> }) => {
  fetch: FetchPort;
  close: () => Promise<void>;
};

/** Opens sources of every kind, each over a transport of its own. */
export function sourcesOver(openTransport: OpenTransport): SourceFactory {
  return ({ kind, origin, place, caPem, key }) => {
    const { authorize, create } = platforms[kind];
    const authorization = async (): Promise<string> => {
      const secret = await key();
      if (secret === undefined) throw new CasementError('key-missing');
      return authorize(secret);
    };
    const transport = openTransport({ origin, caPem, authorization });
    return { source: create(transport.fetch, { origin, place }), close: transport.close };
  };
}
