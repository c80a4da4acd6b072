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
    everything: (ask: string) => `This key can do everything its owner can. Ask for one with ${ask} only.`,
    changes: (scope: string, ask: string) => `“${scope}” can change or delete data. Ask for a key with ${ask} only.`,
    unneeded: (scope: string, ask: string) => `Casement has no use for “${scope}”. Ask for a key with ${ask} only.`,
    allProjects: 'This key opens all projects of its owner. Ask for one that is limited to the project to support.',
  },
  /** What may be wrong about a place at a platform. */
  places: {
    project: 'the project’s number',
    organization: 'the organization’s name in the address',
    website: 'the website’s id',
  },
  posthog: {
    name: 'PostHog',
    option: 'PostHog',
    keyHelp: 'A personal API key with session_recording:read and person:read, limited to one project.',
    ask: 'session_recording:read and person:read',
    unreported: 'This PostHog does not tell what else the key can do. Ask for one with session_recording:read only.',
  },
  sentry: {
    name: 'Sentry',
    option: 'Sentry',
    keyHelp: 'A token with org:read and project:read.',
    ask: 'org:read and project:read',
  },
  amplitude: {
    name: 'Amplitude',
    option: 'Amplitude',
    keyHelp: 'The project’s API key and secret key, separated by a colon. Amplitude has no read-only key pair.',
    keyPair: 'project key pair',
    canDelete:
      'Amplitude has one pair of keys for a whole project. It can also export all of its data and delete users. Ask for a pair that is for this purpose only, and have it replaced when you are done.',
    beta: 'Amplitude calls this interface a beta: it may change.',
  },
  umami: {
    name: 'Umami',
    option: 'Umami',
    keyHelp: 'A token or API key of a user with view-only access.',
    canEdit: 'This user can also change or delete websites and their data. Ask for one who may view only.',
    isAdmin: 'This user administers all of Umami. Ask for one who may view only.',
  },
  /** What has to be entered where a platform has no list of everything. */
  fields: {
    emailOrUid: 'an email address or the user’s id',
    sessionId: 'the id of a session',
  },
  fullstory: {
    name: 'FullStory',
    option: 'FullStory',
    keyHelp:
      'An Architect key: FullStory offers no read-only key for events. It provides a timeline and a link, but no replay.',
    architectOrAdmin: 'Architect or Admin',
    canDelete:
      'This key can also delete user data. FullStory has no level that reads events and changes nothing: keep it for this purpose only, and remove it when you are done.',
    noReadOnly:
      'FullStory has no read-only level that can read events. It hands out a timeline, but no page to replay.',
    standard:
      'This key can list sessions, but not read their events: that takes the level Architect, which can also delete user data. FullStory has no read-only level that can read events.',
    events: {
      background: 'Put the app in the background',
      consent: 'Answered the question for consent',
      form_abandon: 'Left a form without sending it',
      keyboard_close: 'Closed the keyboard',
      keyboard_open: 'Opened the keyboard',
      low_memory: 'The device ran short of memory',
      mouse_thrash: 'Moved the pointer quickly back and forth',
      paste: 'Pasted into a field',
      pinch_gesture: 'Zoomed with two fingers',
    },
  },
  openreplay: {
    name: 'OpenReplay',
    option: 'OpenReplay',
    keyHelp:
      'The organization’s API key. OpenReplay provides a timeline but no replay, and can only be searched by email or user ID.',
    organizationKey: 'Organization API key',
    canDelete: 'OpenReplay has one key for the whole organization. It can also delete users’ data and add projects.',
    timelineOnly: 'OpenReplay hands out a timeline, but no page to replay.',
  },
  https: {
    name: 'Files',
    option: 'Files on a web server',
    keyHelp:
      'Leave empty if the files need none. Sent as “Bearer …” unless you enter the complete header value, such as “Basic …”.',
    reads: 'read files',
    unknown: 'The server does not tell what else this key can do. Ask for one that can only read these files.',
    unproven: 'Nothing was found at the address to read, so this key is not proven yet.',
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
      'This key can see other buckets too. Ask for one with s3:ListBucket and s3:GetObject on this bucket only.',
    unknown:
      'Whether this key can also write or delete can’t be seen without trying it. Ask for one with s3:ListBucket and s3:GetObject on this bucket only.',
    noRead: 'This key can list the bucket, but not read its files.',
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
