import type { ConnectionKind, Question } from '../source';
import { formatAlternatives, formatCount } from './format';

const names = {
  sessionId: 'session ID',
  email: 'email',
  uid: 'user ID',
  distinctId: 'platform ID',
  page: 'page',
  filters: 'filter',
} satisfies Record<Question, string>;

const groupHints: Partial<Record<ConnectionKind, string>> = {
  posthog: 'The key of the group, such as a company’s ID',
};

const otherExamples: Partial<Record<ConnectionKind, string>> = {
  posthog: 'name=value, one per line, such as person.plan=pro, event.$os=iOS or cohort=12',
  sentry: 'name=value, one per line: any field or tag, such as release=7.1 or Company-Name=Acme',
};

/** In the order in which the search field lists them. */
const shownFirst: readonly Question[] = ['email', 'uid', 'sessionId'];

/** The search of a source: its field, the reading of its text, and the filters. */
export const sourceSearchWords = {
  field: 'Search this source',
  hint: (known: readonly Question[]) => {
    const listed = shownFirst.filter((by) => known.includes(by)).map((by) => names[by]);
    return listed.length > 0 ? `Paste a link, or search by ${formatAlternatives(listed)}` : 'Paste a link to a session';
  },
  searched: (by: Question, isLink: boolean) => `Searched by ${names[by]}${isLink ? ' from the link' : ''}.`,
  searchedById: (by: Question, isLink: boolean) =>
    `Searched by ${names[by]}${isLink ? ' from the link' : ''}, without the filters.`,
  otherReadings: 'Other ways to read the text',
  searchBy: (by: Question) => `Search by ${names[by]}`,
  searchIn: (by: Question, source: string) => `Search by ${names[by]} in ${source}`,
  unconnectedTitle: (platform: string) => `This link belongs to a ${platform} source that isn’t connected.`,
  addForLink: 'Add source…',
  unknownLink:
    'Casement doesn’t recognize this link. Paste a link to a session in a platform’s player, or the session’s ID.',
  unknownText: 'This source can’t be searched for this text.',
  filterWrong: 'Write each filter as a name and a value separated by “=”.',
  filters: {
    label: 'Filters',
    toggle: (active: number) => (active === 0 ? 'Filters' : `Filters (${formatCount(active)})`),
    clear: 'Clear filters',
    from: 'From',
    to: 'To',
    length: 'Duration',
    hasErrors: 'Only with errors',
    page: 'Visited page',
    pageHint: 'A URL or part of one',
    group: 'Company or group',
    groupHints,
    other: 'Other filters',
    otherHint: 'name=value, one per line',
    otherExamples,
  },
  inLibraryTitle: 'The platform no longer lists this session',
  inLibraryText: 'A copy is in your library.',
} as const;

const percent = (share: number): string => `${formatCount(Math.round(share * 100))} %`;

/** The marks of a session in a source's list. */
export const sessionMarkWords = {
  live: 'Live',
  mobile: 'Mobile',
  expires: (when: string) => `Expires ${when}`,
  expired: 'Expired',
  activity: (share: number) => `Activity ${percent(share)}`,
  share: (share: number) => percent(share),
  download: 'Download',
  openStored: 'Open from library',
  pullAgain: 'Download again',
} as const;

/** A source's key, as its platform describes it. */
export const keyFactWords = {
  label: 'Key',
  created: (when: string) => `created ${when}`,
  rotated: (when: string) => `replaced ${when}`,
  lastUsed: (when: string) => `last used ${when}`,
} as const;
