import type { Canary } from './canary';

/** Values that stay readable under `private-by-default`, and the reason. */
interface Kept {
  channels: readonly string[];
  types: readonly string[];
  why: string;
}

const kept: readonly Kept[] = [
  {
    // C12: addresses in the events of platforms.
    channels: ['C04', 'C11', 'C12'],
    types: ['url with a user'],
    why: 'the registered hosts of the site and of its requests stay',
  },
];

export function isKept({ channel, type }: Canary): boolean {
  return kept.some(({ channels, types }) => channels.includes(channel) && types.includes(type));
}
