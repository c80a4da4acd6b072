import { CasementError } from '../contract/errors';
import type { ConnectionKind, ConnectionPlace } from '../contract/source';
import { createPostHogSource, postHogAuthorization } from '../core/sources/posthog/source';
import { createRecordingServerSource, recordingServerAuthorization } from '../core/sources/recording-server';
import { createSentrySource, sentryAuthorization } from '../core/sources/sentry/source';
import { createBucketSigner, readBucketKey } from '../core/sources/s3/sign';
import { createBucketSource } from '../core/sources/s3/source';
import type { FetchPort, RequestSigner, Source } from '../core/sources/source';
import { createUmamiSource, umamiAuthorization } from '../core/sources/umami/source';
import type { SourceFactory } from './ports';

interface Platform {
  /** How the key is shown to the platform. Throws `key-refused` for what can be none. */
  sign: (key: string, place: ConnectionPlace) => RequestSigner;
  /** Throws `connection-place` and `connection-ingest` for places that can't be. */
  create: (fetch: FetchPort, target: { origin: string; place: ConnectionPlace }) => Source;
}

/** For the platforms that want their key in one header. */
const header =
  (authorize: (key: string) => string): Platform['sign'] =>
  (key) => {
    const authorization = authorize(key);
    return () => Promise.resolve({ authorization });
  };

const recordingServer: Platform = { sign: header(recordingServerAuthorization), create: createRecordingServerSource };

/** What stores that know no regions take for theirs. */
const usualRegion = 'us-east-1';

const platforms: Readonly<Record<ConnectionKind, Platform>> = {
  demo: recordingServer,
  server: recordingServer,
  posthog: {
    sign: header(postHogAuthorization),
    create: (fetch, { origin, place }) => createPostHogSource(fetch, { origin, projectId: place.project }),
  },
  sentry: {
    sign: header(sentryAuthorization),
    create: (fetch, { origin, place }) =>
      createSentrySource(fetch, { origin, organization: place.organization ?? '', projectId: place.project }),
  },
  umami: {
    sign: header(umamiAuthorization),
    create: (fetch, { place }) => createUmamiSource(fetch, { websiteId: place.website ?? '' }),
  },
  s3: {
    sign(text, { region = usualRegion }) {
      const key = readBucketKey(text);
      if (!key) throw new CasementError('key-refused');
      return createBucketSigner(key, region, Date.now);
    },
    create: (fetch, { place }) => createBucketSource(fetch, place),
  },
};

type OpenTransport = (options: { origin: string; caPem: string | undefined; sign: RequestSigner }) => {
  fetch: FetchPort;
  close: () => Promise<void>;
};

/** Opens sources of every kind, each over a transport of its own. */
export function sourcesOver(openTransport: OpenTransport): SourceFactory {
  return ({ kind, origin, place, caPem, key }) => {
    const platform = platforms[kind];
    const sign: RequestSigner = async (request) => {
      const secret = await key();
      if (secret === undefined) throw new CasementError('key-missing');
      return platform.sign(secret, place)(request);
    };
    const transport = openTransport({ origin, caPem, sign });
    return { source: platform.create(transport.fetch, { origin, place }), close: transport.close };
  };
}
