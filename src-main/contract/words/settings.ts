import type { TimelineThresholds } from '../settings';
import { capWords } from './caps';
import { formatCount } from './format';

export const settingsWords = {
  offline: 'Work offline',
  offlineBadge: 'Offline',
  goOnline: 'Turn off “Work offline”',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  title: 'Settings',
  timeline: 'Timeline',
  timelineAbout: 'Open sessions update when you save. Exports use these values too.',
  thresholds: {
    rageClicks: { label: 'Rage clicks: minimum clicks', about: 'This many clicks or more …' },
    rageWindowMs: { label: 'Rage clicks: time', about: '… within this time …' },
    rageDistancePx: {
      label: 'Rage clicks: distance',
      about: '… and within this distance are reported as one rage click.',
    },
    deadClickMs: {
      label: 'Dead click',
      about: 'A click with no response within this time is reported as dead.',
    },
    slowRequestMs: { label: 'Slow request', about: 'Requests that take longer are reported as slow.' },
    idleMs: { label: 'Idle', about: 'Time without user activity that counts as idle.' },
    gapMs: { label: 'Gap', about: 'Time without events before a recorder restart that counts as a gap.' },
  } satisfies Record<keyof TimelineThresholds, { label: string; about: string }>,
  caps: capWords,
  limits: 'Download and file limits',
  limitsAbout:
    'Larger data is cut off, skipped or rejected to protect this computer. Changes apply from the next request.',
  units: {
    clicks: 'clicks',
    seconds: 'seconds',
    pixels: 'pixels',
    minutes: 'minutes',
    kilobytes: 'KB',
    megabytes: 'MB',
    events: 'events',
    files: 'files',
    levels: 'levels',
  },
  network: 'Network',
  proxyScript: 'Proxy script',
  proxyScriptHint: 'https://proxy.example.com/proxy.pac',
  proxyScriptAbout:
    'The address of a script (PAC) that names the proxies. Leave empty to use this computer’s proxy settings. Casement asks for a proxy’s password when one is needed.',
  proxyScriptWrong: 'Enter an address that starts with http:// or https://, without a user name.',
  outOfBounds: (min: number, max: number) => `Enter a number from ${formatCount(min)} to ${formatCount(max)}`,
  reset: 'Restore defaults',
  save: 'Save',
} as const;
