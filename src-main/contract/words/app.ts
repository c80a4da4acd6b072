import type { RequestOutput } from '../ipc';
import { formatCount } from './format';

type Runtime = RequestOutput<'app.status'>['runtime'];

/** The main window around its views: sidebar, footer, keychain and background tasks. */
export const appWords = {
  product: 'Casement',
  notifications: 'Notifications',
  backgroundTasks: 'Background tasks',
  startFailed: 'Casement could not start',
} as const;

export const keychainWords = {
  ready: 'Keys are stored in this computer’s keychain.',
  locked: 'The keychain is locked. Unlock it to store keys.',
  none: 'This computer has no keychain. Keys can only be kept until you quit.',
  retry: 'Check the keychain again',
  keptUntilQuit: 'Keys are kept only until you quit, as you chose.',
  askTitle: 'Keep keys until you quit?',
  askLocked:
    'The keychain is locked, so the key can’t be stored securely. Casement can keep it in memory until you quit and then discard it.',
  askNone:
    'This computer has no keychain, so the key can’t be stored securely. Casement can keep it in memory until you quit and then discard it.',
  keep: 'Keep until I quit',
} as const;

export const sidebarWords = {
  label: 'Main',
  sources: 'Sources',
  addSource: 'Add source',
  search: 'Search all',
  library: 'Library',
  recent: 'Recent',
  openFile: 'Open file',
  openFolder: 'Open folder',
  dropToOpen: 'Drop to open',
  settings: 'Settings',
  caseFile: 'Case file',
  noSources: 'No sources yet',
  version: (version: string) => `v${version}`,
  runtime: { evaluation: 'Evaluation runtime', release: '' } satisfies Record<Runtime, string>,
  runtimeAbout: (electron: string) =>
    `This build runs on an outdated Electron (${electron}). Use it for evaluation and testing only, not with real sessions.`,
} as const;

export const jobWords = {
  pulling: (what: string) => `Downloading ${what}`,
  following: (what: string) => `Following ${what}`,
  opening: 'Opening a file',
  saving: 'Saving an export',
  waitingFor: (seconds: number) =>
    seconds > 0 ? `Rate limited by the platform, retrying in ${formatCount(seconds)} s` : 'Queued',
  checkingEvery: (seconds: number) =>
    `Checks every ${formatCount(seconds)} s, to leave requests of the platform’s limit for downloads`,
  phases: {
    waiting: 'Waiting',
    following: 'Following',
    fetching: 'Downloading',
    reading: 'Reading',
    storing: 'Encrypting and storing',
    counting: 'Checking which text is shared by many users',
    redacting: 'Redacting',
    checking: 'Checking for leaks',
    picturing: 'Taking screenshots',
    indexing: 'Building the search index',
  },
  waiting: 'Starting',
  cancelNamed: (what: string) => `Cancel: ${what}`,
  stopped: 'Cancelled.',
} as const;
