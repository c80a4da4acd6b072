import type { Connection } from '../session';
import type { PlaceField } from '../source';
import { formatCount, plural } from './format';
import { platformTexts } from './sources';

/** A connected source and its list of sessions. */
export const sourceViewWords = {
  kinds: { ...platformTexts('name'), demo: 'Demo' } satisfies Record<Connection['kind'], string>,
  keyStates: {
    keychain: 'Key in keychain',
    'this-run': 'Key kept until you quit',
    locked: 'Keychain locked',
    missing: 'No key',
    refused: 'Key rejected',
    none: 'No key needed',
  } satisfies Record<Connection['key'], string>,
  neededTitle: 'Which user’s sessions?',
  lastUsed: (when: string) => `used ${when}`,
  search: 'Search',
  clear: 'Clear search',
  sessions: 'Sessions',
  columns: {
    user: 'User',
    when: 'Started',
    duration: 'Duration',
    events: 'Events',
    page: 'First page',
    browser: 'Browser',
  },
  isPulled: 'In your library',
  pullHint: 'Download and open',
  loadMore: 'Load more',
  loadingSessions: 'Loading sessions…',
  found: (count: number, rest: 'none' | 'more' | 'cut') =>
    `${plural(count, 'session', 'sessions')}${{ none: '', more: ' so far', cut: '; the list is incomplete. Search for a user to narrow it down' }[rest]}`,
  unknownUser: 'Unknown user',
  testKey: 'Test key',
  keyWorks: (name: string) => `The key for ${name} works.`,
  verdict: { label: 'Key permissions' },
  emptyTitle: 'No sessions yet',
  emptyText: 'This source has no recorded sessions that your key can read.',
  noMatchTitle: (asked: string, isFiltered: boolean) =>
    asked ? `No sessions for “${asked}”${isFiltered ? ' with these filters' : ''}` : 'No sessions with these filters',
  noMatchText: 'Check the spelling and the filters. Enter values exactly as the platform stores them.',
  showAll: 'Show all sessions',
  tryAddress: (email: string) => `Try ${email}`,
  renewKey: 'Replace key',
  more: 'More about this source',
  requests: 'Show requests',
  removeSource: 'Remove source',
  failedTitle: 'Could not list the sessions',
  pullFailed: 'The session could not be downloaded.',
  pullCut: 'The download stopped early. The part received so far is in your library.',
  isReady: (title: string) => `${title} is ready.`,
} as const;

/** Downloading all listed sessions and going through them. */
export const playlistWords = {
  pullAll: 'Download all',
  stop: 'Stop',
  progress: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)} downloaded`,
  pulled: (count: number, failed: number) =>
    `${plural(count, 'session is', 'sessions are')} in your library${failed > 0 ? `; ${formatCount(failed)} could only be downloaded in part` : ''}.`,
  position: (position: number, count: number) => `${formatCount(position)} of ${formatCount(count)}`,
  previous: 'Previous session',
  next: 'Next session',
} as const;

export const interruptedWords = {
  label: 'Interrupted downloads',
  title: (what: string, bytes: string) => `Download of ${what} was interrupted at ${bytes}`,
  resumes: 'resumes where it stopped',
  restarts: 'restarts from the beginning; data received so far is kept',
  resume: 'Resume',
  resumeNamed: (what: string) => `Resume download of ${what}`,
  discard: 'Discard',
  discardNamed: (what: string) => `Discard partial download of ${what}`,
} as const;

export const addSourceWords = {
  title: 'Add source',
  about: 'Casement only reads data. Give it a key that can read recordings and nothing else.',
  name: 'Name',
  nameHint: 'For example “Shop, production”',
  kind: 'Platform',
  kinds: platformTexts('option'),
  fields: {
    project: 'Project number',
    projectKey: 'Project key',
    organization: 'Organization',
    website: 'Website ID',
    bucket: 'Bucket',
    region: 'Region',
    prefix: 'Folder',
    layout: 'File name pattern',
    index: 'URL of the list of recordings',
    template: 'URL of a recording',
  } satisfies Record<PlaceField, string>,
  fieldHints: {
    project: 'Only if the key has access to several projects',
    projectKey: 'Shown in the project’s preferences',
    organization: 'As in the URL, such as “acme” in acme.sentry.io',
    website: 'Shown in the website’s settings',
    bucket: 'Leave empty if the address already contains it',
    region: 'us-east-1',
    prefix: 'All files in the bucket',
    layout: '{user}/{id}.json.gz, or {id}/{part}.json.gz for parts',
    index: 'https://files.example.com/recordings.json',
    template: 'https://files.example.com/{id}.json.gz, or {id}/{part}.json.gz',
  } satisfies Record<PlaceField, string>,
  /** For platforms whose project is required. */
  projectHint: 'As in the URL of the project’s pages',
  fieldMissing: 'This field is required.',
  keyAbout: platformTexts('keyHelp'),
  address: 'Address',
  addressHint: 'https://recordings.example.com',
  key: 'Key',
  keyHint: 'A read-only key for the platform',
  showCa: 'Use a private CA',
  ca: 'CA certificate (PEM)',
  caHint: 'Only if the server’s certificate comes from your own CA. This source will then trust that CA and no other.',
  showPins: 'Pin the server’s certificate',
  pins: 'Pins',
  pinsHint: 'SHA-256 of the certificate’s public key, one or more. The certificate must be trusted as well.',
  submit: 'Connect',
  busy: 'Checking the address and the key…',
  demoInstead: 'Just exploring? Use the demo instead',
  nameMissing: 'Enter a name for the source.',
  addressWrong: 'The address must start with https:// and contain a host name.',
  keyMissing: 'Enter a key.',
  added: (name: string) => `${name} is connected.`,
} as const;

export const renewKeyWords = {
  title: (name: string) => `Replace the key for ${name}`,
  about: 'The new key replaces the old one once the server accepts it.',
  key: 'New key',
  submit: 'Replace key',
  renewed: 'The key was replaced.',
} as const;

export const requestsWords = {
  title: 'Requests',
  about: 'Recent network requests made by Casement. Keys, search terms, and user and session IDs are not logged.',
  loading: 'Reading the log…',
  emptyTitle: 'No requests yet',
  emptyText: 'Every request to a source is listed here.',
  columns: {
    time: 'Time',
    source: 'Source',
    request: 'Request',
    status: 'Status',
    bytes: 'Size',
    duration: 'Duration',
  },
  /** For a host that belongs to no source. */
  noSource: '–',
  milliseconds: (ms: number) => `${formatCount(Math.round(ms))} ms`,
  refresh: 'Refresh',
  reveal: 'Show log file',
} as const;

export const removeSourceWords = {
  title: (name: string) => `Remove ${name}?`,
  about: 'Its key is deleted from this computer. Sessions you downloaded stay in your library.',
  keyLives: (platform: string) =>
    `The key itself still works at ${platform}. If it is no longer needed, revoke it there.`,
  keyPage: (platform: string) => `Open ${platform}’s key settings`,
  submit: 'Remove source',
  removed: (name: string) => `${name} was removed.`,
  removedKeyLives: (name: string, platform: string) =>
    `${name} was removed. Its key still works at ${platform} until you revoke it there.`,
} as const;
