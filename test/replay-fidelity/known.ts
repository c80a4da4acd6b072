import type { Difference } from './page/compare';

/** Differences that can't be avoided. docs/replay.md explains each; no others are allowed. */
const known: Readonly<Record<string, (difference: Difference) => boolean>> = {
  'time of a video without its file': ({ fact, keyframe }) => fact === 'currentTime' && keyframe === '0',
  'touch pointer': ({ path, fact }) => path === 'replay' && fact === 'pointerClass',
};

/** Returns the name of a known difference; undefined for any other. */
export function nameKnown(difference: Difference): string | undefined {
  return Object.entries(known).find(([, matches]) => matches(difference))?.[0];
}
