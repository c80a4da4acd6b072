import { readFileSync } from 'node:fs';
import { judge, median, percentile } from '../figures.mjs';
import { chance } from '../search/sessions.mjs';
import { runCasement } from './casement.mjs';
import { runPlayer } from './player.mjs';

const seeks = 40;

/**
 * @typedef {object} ReplayLimits
 * @property {number} [seekMs]      at most, of 95 in 100 seeks
 * @property {number} [timesFaster] at least, than rrweb-player
 * @property {number} [openMs]      at most, from the vault to the first picture
 */

/**
 * Seeks to the same moments in the app and in rrweb-player, all over the recording's length, and what opening takes.
 * @param {string} name
 * @param {string} file
 * @param {{ limits?: ReplayLimits, peerSeeks?: number }} [options]  peerSeeks: rrweb-player is sent to so many of the moments
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureReplay(name, file, { limits = {}, peerSeeks = 20 } = {}) {
  const targets = chooseTargets(readDuration(file));
  const ours = await runCasement(file, targets);
  const theirs = await runPlayer(file, targets.slice(0, peerSeeks));
  const p95 = percentile(ours.seeksMs, 0.95);
  const theirP95 = percentile(theirs.seeksMs, 0.95);
  const medians = { ours: median(ours.seeksMs), theirs: median(theirs.seeksMs) };
  return [
    judge({
      name: `seek ${name}: p95`,
      value: p95,
      unit: 'ms',
      ...(limits.seekMs !== undefined && { limit: { most: limits.seekMs, of: 'value' } }),
      note: 'until the frame says that the new picture was painted',
      details: {
        seeks: targets.length,
        peerSeeks: theirs.seeksMs.length,
        mostMs: Math.max(...ours.seeksMs),
        twoFramesLaterP95: percentile(ours.laterMs, 0.95),
        earlyMedian: median(ours.seeksMs.filter((_, index) => (targets[index] ?? 0) < median(targets))),
        lateMedian: median(ours.seeksMs.filter((_, index) => (targets[index] ?? 0) >= median(targets))),
        ...Object.fromEntries(Object.entries(ours.parts).map(([part, each]) => [`${part} median`, median(each)])),
      },
    }),
    judge({
      name: `seek ${name}: p95 beside its peer's`,
      value: p95,
      unit: 'ms',
      peer: { name: 'rrweb-player', value: theirP95, ratio: theirP95 / p95 },
      ...(limits.timesFaster !== undefined && { limit: { least: limits.timesFaster, of: 'ratio' } }),
    }),
    {
      name: `seek ${name}: median`,
      value: medians.ours,
      unit: 'ms',
      peer: { name: 'rrweb-player', value: medians.theirs, ratio: medians.theirs / medians.ours },
    },
    judge({
      name: `open ${name} from the vault, median`,
      value: median(ours.opensMs),
      unit: 'ms',
      peer: { name: 'rrweb-player, from its file', value: theirs.openMs, ratio: theirs.openMs / median(ours.opensMs) },
      ...(limits.openMs !== undefined && { limit: { most: limits.openMs, of: 'value' } }),
      note: 'from the click on the session to its first painted picture',
      details: { firstMs: ours.opensMs[0] ?? NaN, mostMs: Math.max(...ours.opensMs) },
    }),
    {
      name: `import ${name} in the app`,
      value: ours.importMs,
      unit: 'ms',
      note: 'from the choice of the file to the first picture',
    },
  ];
}

/**
 * Moments by chance, and the same ones in every run.
 * @param {number} durationMs
 */
function chooseTargets(durationMs) {
  const next = chance(40);
  return Array.from({ length: seeks }, () => Math.round(next() * durationMs));
}

/** @param {string} file  a JSON array of events */
function readDuration(file) {
  const events = /** @type {{ timestamp: number }[]} */ (JSON.parse(readFileSync(file, 'utf8')));
  return (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0);
}
