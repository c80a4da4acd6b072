/**
 * A recording that the real recorder makes of a generated page.
 * @typedef {object} Workload
 * @property {string} name
 * @property {number} seed
 * @property {number} events
 * @property {number} nodes   of the page, about
 * @property {number} burst   how many parts change at once, relative to an ordinary page
 * @property {number} paceMs  between two things that happen on the page, on average
 */

/** @type {Record<'50k' | '300k' | '1.2M' | 'heavy' | 'small' | 'small-heavy', Workload>} */
export const workloads = {
  '50k': { name: '50k', seed: 50, events: 50_000, nodes: 2900, burst: 1, paceMs: 12 },
  '300k': { name: '300k', seed: 300, events: 300_000, nodes: 2900, burst: 1, paceMs: 12 },
  '1.2M': { name: '1.2M', seed: 300, events: 1_200_000, nodes: 2900, burst: 1, paceMs: 12 },
  heavy: { name: 'heavy', seed: 15, events: 30_000, nodes: 16_000, burst: 5, paceMs: 40 },
  small: { name: 'small', seed: 3, events: 3000, nodes: 400, burst: 1, paceMs: 12 },
  'small-heavy': { name: 'small-heavy', seed: 4, events: 2000, nodes: 4000, burst: 3, paceMs: 40 },
};
