import { platformKinds, type PlatformKind } from '../source';

/** The texts that every platform has. */
interface PlatformText {
  /** Short, as in lists and reports. */
  name: string;
  /** As in the choice of platforms. */
  option: string;
  /** The key to ask for, beside its field. */
  keyHelp: string;
}

/** The texts about platforms, their keys and their recordings: one entry for each platform, besides those that all share. */
export const sourceWords = {
  keyWarnings: {
    everything: (ask: string) => `This key has all of its owner’s permissions. Ask for one with only ${ask}.`,
    changes: (scope: string, ask: string) => `“${scope}” can change or delete data. Ask for a key with only ${ask}.`,
    unneeded: (scope: string, ask: string) => `Casement doesn’t need “${scope}”. Ask for a key with only ${ask}.`,
    allProjects: 'This key has access to all of its owner’s projects. Ask for one limited to the project you support.',
  },
  /** Fields of a source that a key may have no access to: `{field}` of `connection-place`. */
  places: {
    project: 'the project number',
    organization: 'the organization name in the URL',
    website: 'the website ID',
    projectKey: 'the project key',
  },
  posthog: {
    name: 'PostHog',
    option: 'PostHog',
    keyHelp: 'A personal API key with session_recording:read, limited to one project.',
    unreported:
      'This PostHog instance doesn’t report the key’s other permissions. Ask for a key with only session_recording:read.',
  },
  sentry: {
    name: 'Sentry',
    option: 'Sentry',
    keyHelp: 'A token with org:read and project:read.',
    ask: 'org:read and project:read',
    organizationToken:
      'An organization token always has org:ci, which can also upload releases and source maps, and it can’t be limited further.',
    unreported:
      'This Sentry address doesn’t report the token’s permissions. Ask for a token with only org:read and project:read.',
  },
  amplitude: {
    name: 'Amplitude',
    option: 'Amplitude',
    keyHelp: 'The project’s API key and secret key, separated by a colon. Amplitude has no read-only key pair.',
    keyPair: 'project key pair',
    canDelete:
      'Amplitude has one key pair per project. It can also export all project data and delete users. Ask for a key pair used only for this purpose, and have it replaced when you are done.',
    beta: 'This Amplitude API is in beta and may change.',
  },
  umami: {
    name: 'Umami',
    option: 'Umami',
    keyHelp:
      'The user name and password of a user with view-only access, separated by a colon, or a login token. Casement logs in once and keeps only the token.',
    canEdit: 'This user can also change or delete websites and their data. Ask for a user with view-only access.',
    isAdmin: 'This user is an Umami administrator. Ask for a user with view-only access.',
  },
  rybbit: {
    name: 'Rybbit',
    option: 'Rybbit',
    keyHelp: 'An API key with only the scope replay:read. Older versions have keys without scopes.',
    otherAccess: 'other data',
    canReadMore:
      'This key can also read organizations, so it is probably not limited at all. Ask for a key with only replay:read.',
    unconfirmed: 'Rybbit did not confirm this key. A public site can be read with any key.',
  },
  datadog: {
    name: 'Datadog',
    option: 'Datadog',
    keyHelp:
      'The API key and an application key, separated by a colon. The application key needs only rum_apps_read and rum_session_replay_read.',
    unknown:
      'Datadog doesn’t report what else this application key can do. Ask for one with only rum_apps_read and rum_session_replay_read.',
  },
  rollbar: {
    name: 'Rollbar',
    option: 'Rollbar',
    keyHelp: 'A project access token with only the scope read.',
    unknown: 'Rollbar doesn’t report what else this token can do. Ask for a project token with only the scope read.',
  },
  mixpanel: {
    name: 'Mixpanel',
    option: 'Mixpanel',
    keyHelp:
      'A service account’s user name and secret, separated by a colon. Ask for an account with the role Consumer.',
    replays: 'replays',
    unknown:
      'Mixpanel doesn’t report this account’s role. Ask for a service account with the role Consumer, in this project only.',
  },
  /** Search fields that a platform without a complete list requires: `{fields}` of `query-needed`. */
  fields: {
    emailOrUid: 'an email address or the user ID',
    uid: 'the user ID',
    sessionId: 'a session ID',
  },
  fullstory: {
    name: 'FullStory',
    option: 'FullStory',
    keyHelp:
      'An Architect key: FullStory offers no read-only key for events. It provides a timeline and a link, but no replay.',
    architectOrAdmin: 'Architect or Admin',
    canDelete:
      'This key can also delete user data. FullStory has no read-only level that can read events: use the key only for this purpose, and revoke it when you are done.',
    noReadOnly: 'FullStory has no read-only level that can read events. It provides a timeline, but no replay.',
    standard:
      'This key can list sessions but not read their events. That requires the Architect level, which can also delete user data. FullStory has no read-only level that can read events.',
    events: {
      background: 'Sent the app to the background',
      consent: 'Answered the consent prompt',
      form_abandon: 'Abandoned a form',
      keyboard_close: 'Closed the keyboard',
      keyboard_open: 'Opened the keyboard',
      low_memory: 'The device ran low on memory',
      mouse_thrash: 'Moved the pointer rapidly back and forth',
      paste: 'Pasted into a field',
      pinch_gesture: 'Pinched to zoom',
    },
  },
  openreplay: {
    name: 'OpenReplay',
    option: 'OpenReplay',
    keyHelp:
      'The organization’s API key. OpenReplay provides a timeline but no replay, and can only be searched by email or user ID.',
    organizationKey: 'Organization API key',
    canDelete: 'OpenReplay has one key for the entire organization. It can also delete user data and add projects.',
    timelineOnly: 'OpenReplay provides a timeline, but no replay.',
    issues: {
      app_not_responding: 'The app stopped responding',
      cpu: 'The page kept the processor busy',
      excessive_scrolling: 'Scrolled back and forth',
      memory: 'The page used a lot of memory',
      mouse_thrashing: 'Moved the pointer rapidly back and forth',
      slow_page_load: 'The page loaded slowly',
    },
  },
  https: {
    name: 'Files',
    option: 'Files on a web server',
    keyHelp:
      'Leave empty if the files need no key. The key is sent as “Bearer …” unless you enter the complete header value, such as “Basic …”.',
    reads: 'read files',
    unknown: 'The server doesn’t report what else this key can do. Ask for one that can only read these files.',
    unproven: 'No files were found at this address, so the key could not be tested yet.',
  },
  s3: {
    name: 'S3 bucket',
    option: 'S3-compatible bucket',
    keyHelp:
      'The access key ID and the secret access key, separated by a colon. It needs only s3:ListBucket and s3:GetObject.',
    list: 's3:ListBucket',
    read: 's3:GetObject',
    listBuckets: 's3:ListAllMyBuckets',
    seesOthers:
      'This key can also list other buckets. Ask for one with s3:ListBucket and s3:GetObject on this bucket only.',
    unknown:
      'Casement can’t check whether this key can also write or delete without trying it. Ask for one with s3:ListBucket and s3:GetObject on this bucket only.',
    noRead: 'This key can list the bucket but not read its files.',
  },
  server: {
    name: 'Server',
    option: 'Server with Casement’s own protocol',
    keyHelp: 'A key that can list sessions and read recordings.',
  },
} satisfies Record<PlatformKind, PlatformText & Record<string, unknown>> & Record<string, object>;

/** Returns one text of every platform. */
export function platformTexts(field: keyof PlatformText): Readonly<Record<PlatformKind, string>> {
  const texts = platformKinds.map((kind) => [kind, sourceWords[kind][field]]);
  return Object.fromEntries(texts) as Record<PlatformKind, string>;
}
