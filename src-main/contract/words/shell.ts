import type { RequestOutput } from '../ipc';
import type { Connection, StoredSession } from '../session';
import type { TimelineThresholds } from '../settings';
import { number, plural } from './count';
import { sessionWords } from './shell-session';

/** Every word that the shell shows, but the sentences of errors, which are in `errors.ts`. */

type Runtime = RequestOutput<'app.status'>['runtime'];

export const shellWords = {
  product: 'Casement',
  tagline:
    'A one-way window onto your users’ sessions: find one, watch it sealed, export what happened with the private parts hidden.',
  common: {
    cancel: 'Cancel',
    close: 'Close',
    done: 'Done',
    undo: 'Undo',
    tryAgain: 'Try again',
    dismiss: 'Dismiss',
    open: 'Open',
    remove: 'Remove',
    copy: 'Copy',
    copied: 'Copied',
    loading: 'Loading',
    back: 'Back to the list',
    notifications: 'Notifications',
    backgroundWork: 'Background work',
  },
  count: {
    events: (count: number) => plural(count, 'event', 'events'),
    errors: (count: number) => plural(count, 'error', 'errors'),
    notes: (count: number) => plural(count, 'note', 'notes'),
    sessions: (count: number) => plural(count, 'session', 'sessions'),
    entries: (count: number) => plural(count, 'entry', 'entries'),
    windows: (count: number) => plural(count, 'window', 'windows'),
    places: (count: number) => plural(count, 'place', 'places'),
    plain: (count: number) => number.format(count),
  },

  welcome: {
    ways: 'Three ways to begin',
    demo: 'Try the demo',
    demoAbout: 'Casement starts a small recording server on this computer, connects to it and shows its sessions.',
    demoBusy: 'Starting the demo…',
    source: 'Add a source',
    sourceAbout: 'Connect the recording platform that your company already has, with its address and a key.',
    file: 'Open a file',
    fileAbout: 'Replay a case file or a recording from disk. It is checked first and needs no network.',
    promises: [
      'Nothing that you watch can act or reach the network.',
      'Recordings are encrypted on this computer.',
      'Exports hide private data unless you choose otherwise.',
    ],
  },

  keychain: {
    ready: 'Keys are kept in this computer’s keychain.',
    locked: 'The keychain is locked. Unlock it to keep keys.',
    none: 'This computer offers no keychain. Keys can be kept for one run only.',
    retry: 'Check the keychain again',
    keptForThisRun: 'Keys are kept for this run only, as you chose.',
    askTitle: 'Keep keys for this run only?',
    askLocked:
      'The keychain is locked, so the key can’t be stored safely. Casement can hold it in memory until you quit, and then forgets it.',
    askNone:
      'This computer offers no keychain, so the key can’t be stored safely. Casement can hold it in memory until you quit, and then forgets it.',
    keep: 'Keep for this run',
  },

  sidebar: {
    label: 'Main',
    sources: 'Sources',
    addSource: 'Add a source',
    search: 'Search all',
    library: 'Library',
    recent: 'Recent',
    openFile: 'Open a file',
    dropToOpen: 'Drop to open',
    settings: 'Settings',
    caseFile: 'Case file',
    noSources: 'No source yet',
    version: (version: string) => `v${version}`,
    runtime: { evaluation: 'Evaluation runtime', release: '' } satisfies Record<Runtime, string>,
    runtimeAbout: (electron: string) =>
      `An old Electron (${electron}) stands in for the current one. This is for trying and testing only: don’t use it with real sessions.`,
  },

  settings: {
    offline: 'Work offline',
    offlineBadge: 'Offline',
    goOnline: 'Turn off “Work offline”',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    title: 'Settings',
    timeline: 'What the timeline tells',
    timelineAbout: 'A session that is open is told anew when you save. Exports follow these numbers too.',
    thresholds: {
      rageClicks: { label: 'Rage clicks', about: 'So many clicks on one spot …' },
      rageWindowMs: { label: 'Time for rage clicks', about: '… within this time …' },
      rageDistancePx: { label: 'Distance of rage clicks', about: '… and this distance are told as one rage click.' },
      deadClickMs: { label: 'Dead click', about: 'A click that nothing answers for so long is told as dead.' },
      slowRequestMs: { label: 'Slow request', about: 'A request that takes so long is told as slow.' },
      idleMs: { label: 'Idle', about: 'So long without anything that the user did is told as idle.' },
      gapMs: { label: 'Gap', about: 'So long without any event, before the recorder starts anew, is told as a gap.' },
    } satisfies Record<keyof TimelineThresholds, { label: string; about: string }>,
    units: { clicks: 'clicks', seconds: 'seconds', pixels: 'pixels' },
    outOfBounds: (min: number, max: number) => `From ${number.format(min)} to ${number.format(max)}`,
    reset: 'Back to the defaults',
    save: 'Save',
  },

  source: {
    kinds: { demo: 'Demo', server: 'Server' } satisfies Record<Connection['kind'], string>,
    keyStates: {
      keychain: 'Key in the keychain',
      'this-run': 'Key for this run only',
      locked: 'Keychain locked',
      missing: 'No key',
      refused: 'Key refused',
    } satisfies Record<Connection['key'], string>,
    searchLabel: 'User email',
    searchHint: 'Search by a user’s email',
    search: 'Search',
    clear: 'Clear search',
    sessions: 'Sessions',
    columns: {
      user: 'User',
      when: 'When',
      duration: 'Length',
      events: 'Events',
      page: 'First page',
      browser: 'Browser',
    },
    isPulled: 'In your library',
    pullHint: 'Pull and open',
    loadMore: 'Load more',
    loadingSessions: 'Looking for sessions…',
    found: (count: number, hasMore: boolean) => `${plural(count, 'session', 'sessions')}${hasMore ? ' so far' : ''}`,
    emptyTitle: 'No sessions yet',
    emptyText: 'This source has no recorded sessions that your key may read.',
    nobodyTitle: (email: string) => `No sessions for “${email}”`,
    nobodyText: 'Check the spelling. The address has to match the one that the platform knows.',
    showAll: 'Show all sessions',
    tryAddress: (email: string) => `Try ${email}`,
    renewKey: 'Renew key',
    more: 'More about this source',
    removeSource: 'Remove source',
    failedTitle: 'The sessions could not be listed',
    pullFailed: 'The session could not be pulled.',
    isReady: (title: string) => `${title} is ready.`,
  },

  addSource: {
    title: 'Add a source',
    about: 'Casement only reads. Give it a key that may read recordings and nothing else.',
    name: 'Name',
    nameHint: 'What you call it, such as “Shop, production”',
    address: 'Address',
    addressHint: 'https://recordings.example.com',
    key: 'Key',
    keyHint: 'A read-only key of the platform',
    showCa: 'The server uses our own CA',
    ca: 'CA certificate (PEM)',
    caHint: 'Only if the server uses your own CA. This source will then trust that CA and no other.',
    submit: 'Connect',
    busy: 'Checking the address and the key…',
    demoInstead: 'Only looking around? Use the demo instead',
    nameMissing: 'Give the source a name.',
    addressWrong: 'The address must start with https:// and name a host.',
    keyMissing: 'Enter a key.',
    added: (name: string) => `${name} is connected.`,
  },

  renewKey: {
    title: (name: string) => `Renew the key of ${name}`,
    about: 'The new key replaces the old one once the server accepts it.',
    key: 'New key',
    submit: 'Replace key',
    renewed: 'The key was replaced.',
  },

  removeSource: {
    title: (name: string) => `Remove ${name}?`,
    about: 'Its key is deleted from this computer. Sessions that you pulled stay in your library.',
    submit: 'Remove source',
    removed: (name: string) => `${name} was removed.`,
  },

  library: {
    title: 'Library',
    about: 'What you pulled or opened, encrypted on this computer.',
    columns: {
      session: 'Session',
      recorded: 'Recorded',
      duration: 'Length',
      events: 'Events',
      notes: 'Notes',
      added: 'Added',
    },
    label: 'Stored sessions',
    from: {
      demo: 'Demo',
      server: 'Source',
      file: 'Recording',
      case: 'Case file',
    } satisfies Record<StoredSession['from'], string>,
    removeSession: (title: string) => `Remove ${title}`,
    removed: (title: string) => `${title} was removed.`,
    emptyTitle: 'Nothing here yet',
    emptyText: 'Sessions that you pull from a source and files that you open are kept here.',
    filter: 'Filter the library',
    noneMatch: 'Nothing in the library matches.',
  },

  ...sessionWords,

  jobs: {
    pulling: (what: string) => `Pulling ${what}`,
    opening: 'Opening a file',
    saving: 'Saving an export',
    phases: {
      fetching: 'Fetching',
      reading: 'Reading',
      storing: 'Encrypting and storing',
      redacting: 'Redacting',
      checking: 'Checking for leaks',
      indexing: 'Reading into the search index',
    },
    waiting: 'Starting',
    cancelNamed: (what: string) => `Cancel: ${what}`,
    stopped: 'Stopped.',
  },

  startFailed: 'Casement could not start',
};
