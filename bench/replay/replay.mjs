import { readFileSync } from 'node:fs';
import { alternate } from '../alternate.mjs';
import { judge, median, percentile } from '../figures.mjs';
import { seededRandom } from '../search/sessions.mjs';
import { runCasement } from './casement.mjs';
import { runPlayer } from './player.mjs';

const seeks = 40;

/** rrweb-player seeks to fewer positions, because each takes it seconds. */
const peerSeeks = 20;

/**
 * @typedef {object} ReplayLimits  each: Casement is at least this many times faster than rrweb-player
 * @property {number} [seek]  p95 of the seeks
 * @property {number} [open]  from the vault, beside the player from its file
 */

/**
 * Seeks to the same positions in the app and in rrweb-player, spread over the recording, and opens the recording in both.
 * @param {string} name
 * @param {string} file
 * @param {{ limits?: ReplayLimits, rounds?: number }} [options]
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureReplay(name, file, { limits = {}, rounds = 3 } = {}) {
  const targets = chooseTargets(readDuration(file));
  const runs = await alternate(
    rounds,
    () => runCasement(file, targets),
    () => runPlayer(file, targets.slice(0, peerSeeks)),
  );
  /** @typedef {{ seeksMs: number[] }} Seeks */
  const p95 = (/** @type {Seeks} */ run) => percentile(run.seeksMs, 0.95);
  const middle = (/** @type {Seeks} */ run) => median(run.seeksMs);
  const open = (/** @type {import('./casement.mjs').CasementRun} */ run) => median(run.opensMs);
  const peerOpen = (/** @type {import('./player.mjs').PlayerRun} */ run) => run.openMs;
  const half = median(targets);
  /** @param {(target: number) => boolean} isChosen */
  const medianOf = (isChosen) =>
    median(runs.ours.flatMap((run) => run.seeksMs.filter((_, index) => isChosen(targets[index] ?? 0))));
  const partNames = Object.keys(runs.ours[0]?.parts ?? {});
  return [
    judge({
      name: `seek ${name}: p95`,
      value: median(runs.ours.map(p95)),
      unit: 'ms',
      peer: { name: 'rrweb-player', value: median(runs.peer.map(p95)), ratio: 1 / runs.ratio(p95, p95) },
      ...(limits.seek !== undefined && { limit: { least: limits.seek, of: 'ratio' } }),
      note: 'until the frame reports that the new position was painted; ratio: times faster',
      details: {
        rounds,
        seeks: targets.length,
        peerSeeks,
        mostMs: Math.max(...runs.ours.flatMap((run) => run.seeksMs)),
        twoFramesLaterP95: median(runs.ours.map((run) => percentile(run.laterMs, 0.95))),
        earlyMedian: medianOf((target) => target < half),
        lateMedian: medianOf((target) => target >= half),
        ...Object.fromEntries(
          partNames.map((part) => [`${part} median`, median(runs.ours.flatMap((run) => run.parts[part] ?? []))]),
        ),
      },
    }),
    {
      name: `seek ${name}: median`,
      value: median(runs.ours.map(middle)),
      unit: 'ms',
      peer: { name: 'rrweb-player', value: median(runs.peer.map(middle)), ratio: 1 / runs.ratio(middle, middle) },
    },
    judge({
      name: `open ${name} from the vault, median`,
      value: median(runs.ours.map(open)),
      unit: 'ms',
      peer: {
        name: 'rrweb-player, from its file',
        value: median(runs.peer.map(peerOpen)),
        ratio: 1 / runs.ratio(open, peerOpen),
      },
      ...(limits.open !== undefined && { limit: { least: limits.open, of: 'ratio' } }),
      note: 'from the click on the session until it is painted; ratio: times faster',
      details: {
        firstMs: median(runs.ours.map((run) => run.opensMs[0] ?? NaN)),
        mostMs: Math.max(...runs.ours.flatMap((run) => run.opensMs)),
      },
    }),
    {
      name: `import ${name} in the app`,
      value: median(runs.ours.map((run) => run.importMs)),
      unit: 'ms',
      note: 'from choosing the file until its first page is painted',
    },
  ];
}

/**
 * Returns random positions, the same in every run, ms from the start.
 * @param {number} durationMs
 */
function chooseTargets(durationMs) {
  const next = seededRandom(40);
  return Array.from({ length: seeks }, () => Math.round(next() * durationMs));
}

/** @param {string} file  a JSON array of events */
function readDuration(file) {
  const events = /** @type {{ timestamp: number }[]} */ (JSON.parse(readFileSync(file, 'utf8')));
  return (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0);
}
