import { authorize } from '../../core/sources/authorize';
import { CasementError } from '../../contract/errors';
import type { ConnectionKind, ConnectionPlace } from '../../contract/source';
import { amplitudeAuthorization, createAmplitudeSource } from '../../core/sources/amplitude/source';
import { createFullStorySource, fullStoryAuthorization } from '../../core/sources/fullstory/source';
import { createHttpsFilesSource, filesAuthorization } from '../../core/sources/https-files/source';
import {
  createOpenReplaySource,
  openReplayAuthorization,
  openReplayBasePath,
} from '../../core/sources/openreplay/source';
import type { Pace, Rate } from '../../core/sources/pace';
import { createPostHogSource, postHogAuthorization } from '../../core/sources/posthog/source';
import { createRecordingServerSource, recordingServerAuthorization } from '../../core/sources/recording-server';
import { createSentrySource, sentryAuthorization } from '../../core/sources/sentry/source';
import { createBucketSigner, readBucketKey } from '../../core/sources/s3/sign';
import { createBucketSource } from '../../core/sources/s3/source';
import type { FetchPort, PresignedFetch, RequestSigner, Source, SourceFactory } from '../../core/sources/source';
import { createUmamiSource, umamiAuthorization } from '../../core/sources/umami/source';

interface Platform {
  /** How the key is shown to the platform. Throws `key-refused` for what can be none. */
  sign: (key: string, place: ConnectionPlace) => RequestSigner;
  /** Throws `connection-place` and `connection-ingest` for places that can't be. */
  create: (fetch: FetchPort, target: PlatformTarget) => Source;
  /** What it may ask with; `GET` alone if left out. */
  methods?: readonly ('GET' | 'POST')[];
  /** What it documents of its limits; what it tells in its replies counts besides. */
  pace?: Pace;
  /** Its limits count over all keys of a team. Which keys are of one team is not known before, so all keys for one address share. */
  isTeamWide?: true;
  /** The 5xx that it documents as passing; 503 if left out. */
  passing?: readonly number[];
}

interface PlatformTarget {
  origin: string;
  place: ConnectionPlace;
  account: string | undefined;
  fetchPresigned: PresignedFetch;
  fileHosts: readonly string[] | undefined;
}

/** For the platforms that want their key in one header. */
const header =
  (authorizationOf: (key: string) => string): Platform['sign'] =>
  (key) =>
    authorize(authorizationOf(key));

const minutely = (requests: number): Rate => ({ requests, perMs: 60_000 });
const hourly = (requests: number): Rate => ({ requests, perMs: 3_600_000 });

const recordingServer: Platform = { sign: header(recordingServerAuthorization), create: createRecordingServerSource };

/** What stores that know no regions take for theirs. */
const usualRegion = 'us-east-1';

const platforms: Readonly<Record<ConnectionKind, Platform>> = {
  demo: recordingServer,
  server: recordingServer,
  posthog: {
    sign: header(postHogAuthorization),
    create: (fetch, { origin, place }) => createPostHogSource(fetch, { origin, projectId: place.project }),
    // Of the paid plans. A free one's are lower, and its 429 says so.
    pace: { rates: [minutely(60), hourly(300)], concurrent: 3 },
    isTeamWide: true,
  },
  sentry: {
    sign: header(sentryAuthorization),
    create: (fetch, { origin, place }) =>
      createSentrySource(fetch, { origin, organization: place.organization ?? '', projectId: place.project }),
  },
  amplitude: {
    sign: header(amplitudeAuthorization),
    create: (fetch, { fetchPresigned, fileHosts }) =>
      createAmplitudeSource(fetch, { fetchPresigned, ...(fileHosts && { fileHosts }) }),
  },
  umami: {
    sign: header(umamiAuthorization),
    create: (fetch, { place }) => createUmamiSource(fetch, { websiteId: place.website ?? '' }),
  },
  fullstory: {
    sign: header(fullStoryAuthorization),
    create: (fetch, { account }) => createFullStorySource(fetch, { account }),
  },
  openreplay: {
    sign: header(openReplayAuthorization),
    create: (fetch, { origin, place }) =>
      createOpenReplaySource(fetch, { projectKey: place.projectKey ?? '', basePath: openReplayBasePath(origin) }),
    methods: ['GET', 'POST'],
  },
  https: {
    sign: (key) => (key === '' ? () => Promise.resolve({}) : header(filesAuthorization)(key, {})),
    create: (fetch, { origin, place }) => createHttpsFilesSource(fetch, { origin, ...place }),
  },
  s3: {
    sign(text, { region = usualRegion }) {
      const key = readBucketKey(text);
      if (!key) throw new CasementError('key-refused');
      return createBucketSigner(key, region, Date.now);
    },
    create: (fetch, { place }) => createBucketSource(fetch, place),
    passing: [500, 503],
  },
};

/** What the sources need of the network. */
export interface Network {
  openTransport: (options: {
    origin: string;
    caPem: string | undefined;
    pins: readonly string[] | undefined;
    sign: RequestSigner;
    methods?: readonly ('GET' | 'POST')[];
    passing?: readonly number[];
    /** Names what all requests under one limit have in common. Holds the key: not to be kept. Errors: key-*. */
    credential: () => Promise<string>;
    pace: Pace;
  }) => { fetch: FetchPort; close: () => Promise<void> };
  /** For addresses that a platform signed: without any key. */
  openPresigned: (options: { caPem: string | undefined }) => { fetch: PresignedFetch; close: () => Promise<void> };
  /** Where such addresses may lead, in tests; the platform's own stores if left out. */
  fileHosts?: readonly string[];
}

/** Opens sources of every kind, each over a transport of its own. */
export function sourcesOver({ openTransport, openPresigned, fileHosts }: Network): SourceFactory {
  return ({ kind, origin, place, account, caPem, pins, key }) => {
    const platform = platforms[kind];
    const readKey = async (): Promise<string> => {
      const secret = await key();
      if (secret === undefined) throw new CasementError('key-missing');
      return secret;
    };
    const { methods, passing, pace = {}, isTeamWide } = platform;
    const transport = openTransport({
      origin,
      caPem,
      pins,
      sign: async (request) => platform.sign(await readKey(), place)(request),
      credential: async () => JSON.stringify([kind, origin, isTeamWide ? '' : await readKey()]),
      pace,
      ...(methods && { methods }),
      ...(passing && { passing }),
    });
    const presigned = openPresigned({ caPem });
    const target = { origin, place, account, fetchPresigned: presigned.fetch, fileHosts };
    return {
      source: platform.create(transport.fetch, target),
      close: async () => void (await Promise.all([transport.close(), presigned.close()])),
    };
  };
}
