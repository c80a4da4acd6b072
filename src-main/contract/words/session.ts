import { formatCount, plural } from './format';

/** An open session and its header. */
export const sessionWords = {
  follow: 'Follow live',
  followed: 'Following live',
  stopFollowing: 'Stop following',
  openIn: (platform: string) => `Open in ${platform}`,
  timelineOnly: 'Timeline only',
  noReplayTitle: (platform: string) => `${platform} doesn’t provide a replay`,
  noPageTitle: 'This recording contains no page',
  noReplayText: 'See the timeline on the right.',
  checkForUpdates: 'Check for updates',
  upToDate: (title: string) => `${title} is up to date.`,
  gone: 'This session is no longer in the library.',
  toLibrary: 'Go to library',
  recorded: 'Recorded',
  hiddenDate: 'Date hidden',
  export: 'Export',
  more: 'More about this session',
  remove: 'Remove from library',
  damage: (kinds: number) => `Damaged recording: ${plural(kinds, 'problem', 'problems')}`,
  damageAbout:
    'The recording was damaged before it reached Casement. Parts that could not be read were skipped and counted.',
  damageLine: (reason: string, count: number) => `${reason}: ${formatCount(count)}`,
  resizePanel: 'Width of the event list',
} as const;
