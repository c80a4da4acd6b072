import type { ConnectionKind } from '../../contract/source';
import { amplitude } from './amplitude/platform';
import { datadog } from './datadog/platform';
import { fullstory } from './fullstory/platform';
import { httpsFiles } from './https-files/platform';
import { mixpanel } from './mixpanel/platform';
import { openreplay } from './openreplay/platform';
import { posthog } from './posthog/platform';
import { rollbar } from './rollbar/platform';
import { rybbit } from './rybbit/platform';
import { s3 } from './s3/platform';
import { sentry } from './sentry/platform';
import { umami } from './umami/platform';
import { authorizationHeader, type Platform } from './platform';
import { createRecordingServerSource, recordingServerAuthorization } from './recording-server';

const recordingServer: Platform = {
  sign: authorizationHeader(recordingServerAuthorization),
  create: createRecordingServerSource,
};

/** Every kind of connection in the contract must be here: the compiler refuses a missing one. */
export const platforms: Readonly<Record<ConnectionKind, Platform>> = {
  demo: recordingServer,
  server: recordingServer,
  posthog,
  sentry,
  amplitude,
  umami,
  rybbit,
  rollbar,
  mixpanel,
  datadog,
  fullstory,
  openreplay,
  https: httpsFiles,
  s3,
};
