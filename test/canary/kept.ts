import type { Canary } from './canary';

/** What `private-by-default` lets stand, where, and why. */
interface Kept {
  channels: readonly string[];
  types: readonly string[];
  why: string;
}

const kept: readonly Kept[] = [
  {
    channels: ['C04', 'C11'],
    types: ['url with a user'],
    why: 'the registered host of the site, and of what it calls, stays',
  },
];

export function mayStand({ channel, type }: Canary): boolean {
  return kept.some(({ channels, types }) => channels.includes(channel) && types.includes(type));
}
