import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workloadFile } from '../../bench/workload/make.mjs';
import { workloads } from '../../bench/workload/workloads.mjs';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { foldPast } from '../../src-renderer/replay/fold-past';
import { damages } from './damages';
import { nameKnown } from './known';
import type { Difference } from './page/compare';
import { recordingPaths } from '../helpers/fixtures';
import { readWindows } from './recordings';
import { openReplayPage, type ReplayPage } from './replay-page';
import { recordStates } from './state-recording';
import { takeSample, takeSamples, type Chance, type Sample } from './samples';

/** `CASEMENT_FIDELITY=all` compares the large workloads too, which takes about an hour. `CASEMENT_SEED` repeats a run. */
const isLong = process.env.CASEMENT_FIDELITY === 'all';
const seed = Number(process.env.CASEMENT_SEED ?? Date.now() % 1_000_000);
const moments = isLong ? 12 : 4;
const keyframes = 2;
const limitMs = isLong ? 4 * 3_600_000 : 600_000;

/** Creates random numbers for one recording, so that it can be repeated alone. */
function chanceFor(name: string): Chance {
  let state = [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, seed);
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return Math.floor(((state >>> 0) / 4294967296) * limit);
  };
}

let page: ReplayPage;
beforeAll(async () => {
  page = await openReplayPage();
  console.log(`Chromium ${page.version}, seed ${seed}`);
}, limitMs);
afterAll(() => page?.close());

interface ComparisonSummary {
  samples: number;
  nodes: number;
  /** Descriptions of differences without a known reason. */
  differences: string[];
}

async function compareEvents(name: string, events: RecordedEvent[], summary: ComparisonSummary): Promise<void> {
  const samples = takeSamples(events, chanceFor(name), moments, keyframes);
  await page.load(events);
  for (const sample of samples) {
    for (const [suffix, variant] of [['', sample] as const, [', folded', fold(sample, events)] as const]) {
      const { nodes, differences } = await page.compare(variant);
      summary.samples++;
      summary.nodes += nodes;
      for (const difference of differences.filter((found) => nameKnown(found) === undefined)) {
        summary.differences.push(
          `${name}, events ${sample.from} to ${sample.to}${suffix}: ${describeDifference(difference)}`,
        );
      }
    }
  }
}

/** Returns the same moment as the app's frame shows it: earlier events of the segment are folded into the page. */
function fold({ atMs, from, to, keyframe }: Sample, events: readonly RecordedEvent[]): Sample {
  const segment = [...(JSON.parse(keyframe) as RecordedEvent[]), ...events.slice(from, to)];
  return { atMs, from: to, to, keyframe: JSON.stringify(foldPast(segment, atMs, 1)) };
}

function describeDifference({ path, fact, full, keyframe }: Difference): string {
  return `${fact} is ${keyframe}, not ${full}, at ${path}`;
}

async function compareFile(file: string): Promise<ComparisonSummary> {
  const summary: ComparisonSummary = { samples: 0, nodes: 0, differences: [] };
  for (const { name, events } of await readWindows(file)) await compareEvents(name, events, summary);
  console.log(`${basename(file)}: ${summary.samples} moments, ${summary.nodes} nodes compared`);
  return summary;
}

describe('a page rebuilt from the nearest keyframe is the page of a full rrweb replay', () => {
  it.each(recordingPaths().map((file) => [basename(file), file]))(
    'in %s',
    async (_name, file) => {
      const { samples, differences } = await compareFile(file);
      expect(differences).toEqual([]);
      expect(samples).toBeGreaterThan(0);
    },
    limitMs,
  );

  it(
    'in pages that hold every kind of element state, in frames and shadow roots too',
    async () => {
      const name = 'states';
      const summary: ComparisonSummary = { samples: 0, nodes: 0, differences: [] };
      await compareEvents(name, recordStates(seed), summary);
      console.log(`${name}: ${summary.samples} moments, ${summary.nodes} nodes compared`);
      expect(summary.differences).toEqual([]);
    },
    limitMs,
  );

  const recorded = isLong
    ? Object.values(workloads).filter(({ events }) => events <= 300_000)
    : [workloads.small, workloads['small-heavy']];
  it.each(recorded)(
    'in the workload $name',
    async (workload) => {
      expect((await compareFile(await workloadFile(workload))).differences).toEqual([]);
    },
    limitMs,
  );

  it(
    'notices every kind of damage to a keyframe',
    async () => {
      const [window] = await readWindows(await workloadFile(workloads.small));
      if (!window) throw new Error('the workload holds no window');
      // The keyframe is taken at the sampled moment, so that no later event hides the damage.
      const sample = takeSample(window.events, window.events.length, window.events.length);
      await page.load(window.events);
      expect((await page.compare(sample)).count).toBe(0);
      for (const [name, damage] of Object.entries(damages)) {
        const keyframe = JSON.parse(sample.keyframe) as RecordedEvent[];
        damage(keyframe);
        const { count } = await page.compare({ ...sample, keyframe: JSON.stringify(keyframe) });
        expect(count, name).toBeGreaterThan(0);
      }
    },
    limitMs,
  );
});
