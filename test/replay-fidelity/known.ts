import type { Difference } from './page/compare';

/** Differences that can't be avoided. docs/replay.md gives the reason of each; nothing else is allowed. */
const known: Readonly<Record<string, (difference: Difference) => boolean>> = {
  'time of a film without its file': ({ fact, keyframe }) => fact === 'currentTime' && keyframe === '0',
  'touch pointer': ({ path, fact }) => path === 'replay' && fact === 'pointerClass',
};

/** The name of the known difference that this is. */
export function nameKnown(difference: Difference): string | undefined {
  return Object.entries(known).find(([, isIt]) => isIt(difference))?.[0];
}
