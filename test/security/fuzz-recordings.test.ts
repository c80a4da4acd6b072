import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasCode } from '../../src-main/contract/errors';
import { damageWords } from '../../src-main/contract/words/recording';
import { readSegmentText } from '../../src-main/core/recording/segments/segment';
import { importInMemory, type InMemoryImport } from '../helpers/import-in-memory';
import { SeededRandom } from '../helpers/seeded-random';
import { readFixtureMembers } from '../helpers/fixture-archive';
import { resourcePath } from '../helpers/fixtures';
import { tinyRecording } from '../helpers/recordings';
import { byteMutations, eventMutations, type Json } from './mutations';

/**
 * Imports 20,000 mutated recordings completely. The seed is printed; `CASEMENT_FUZZ_SEED` repeats a run, and
 * `CASEMENT_FUZZ_RUNS` sets their number.
 */
const runSeed = Number(process.env.CASEMENT_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.CASEMENT_FUZZ_RUNS ?? 20_000);
/** Larger recordings make a run slower without adding cases. */
const baseBytes = 40_000;
/** A generous heap limit, since all mutated recordings are small. */
const heapLimitBytes = 1_200 * 2 ** 20;

let bases: Json[][];

beforeAll(async () => {
  bases = [tinyRecording().map(({ event }) => event as unknown as Json)];
  const harbor = JSON.parse(
    gunzipSync(readFileSync(resourcePath('demo/harbor-checkout.json.gz'))).toString(),
  ) as Json[];
  bases.push(
    harbor.slice(0, 2),
    harbor.filter((_, index) => index < 2 || index % 40 === 0),
  );
  for (const name of ['rrweb-test-events', 'rrweb-recorded-snaps']) bases.push(...(await readArrays(name)));
  bases = bases.filter((base) => JSON.stringify(base).length <= baseBytes);
  console.log(`fuzzing ${runs} recordings with CASEMENT_FUZZ_SEED=${runSeed}`);
});

/** Returns the arrays of events in an archive of recordings. */
async function readArrays(name: string): Promise<Json[][]> {
  const members = await readFixtureMembers(`recordings/${name}.tar.gz`);
  const values = members.map(({ bytes }) => JSON.parse(bytes.toString()) as Json);
  return values.filter((value) => Array.isArray(value));
}

/** Returns the import of a mutated recording, or the error code of a refusal. Rethrows any other error, which is a crash. */
async function attempt(bytes: Uint8Array): Promise<InMemoryImport | string> {
  try {
    return await importInMemory(bytes);
  } catch (error) {
    if (hasCode(error, 'recording-*')) return error.code;
    throw error;
  }
}

/** A hole may join two events into a valid one, and lines that are cut at a line break look complete. Neither can be detected. */
function isUndetectable(name: string, original: Buffer, mutated: Buffer): boolean {
  const lineBreak = 0x0a;
  const isBetweenLines = original[mutated.length] === lineBreak || mutated.at(-1) === lineBreak;
  return name === 'hole' || (name === 'cut' && isBetweenLines);
}

const lostCount = ({ facts }: InMemoryImport): number => facts.damage.reduce((sum, { count }) => sum + count, 0);

/** Checks the invariants of every import. */
function assertSound(imported: InMemoryImport): void {
  const { facts, segments, timeline } = imported;
  let stored = 0;
  for (const { segment, json } of segments) {
    const events = readSegmentText(json);
    stored += events.length - segment.keyframe;
    expect(events.length - segment.keyframe).toBe(segment.events);
    expect(segment.endMs).toBeGreaterThanOrEqual(segment.startMs);
    for (const { timestamp } of events) {
      expect(timestamp >= segment.startMs && timestamp <= segment.endMs).toBe(true);
    }
  }
  expect(stored).toBe(facts.events);
  for (const { atMs } of timeline) expect(Number.isFinite(atMs) && atMs >= 0).toBe(true);
}

describe('mutated recordings', () => {
  const kinds = [...Object.keys(eventMutations), ...Object.keys(byteMutations)];
  const share = Math.ceil(runs / kinds.length);

  it.each(Object.entries(eventMutations))(
    '%s: every event is stored or counted',
    async (name, mutate) => {
      for (let run = 0; run < share; run++) {
        const random = new SeededRandom(runSeed + run);
        const base = random.pick(bases);
        const events = mutate(base, random);
        const imported = await attempt(Buffer.from(JSON.stringify(events)));
        if (typeof imported === 'string') continue;
        assertSound(imported);
        // Meta events that the import added are listed under damage, though each is an additional event.
        const added = imported.facts.damage.find(({ reason }) => reason === damageWords.missingMeta)?.count ?? 0;
        const blind = imported.facts.damage.find(({ reason }) => reason === damageWords.blindWindow)?.count ?? 0;
        const accounted = imported.facts.events - added + (lostCount(imported) - added - blind);
        expect({ name, run, accounted }).toEqual({ name, run, accounted: events.length });
      }
    },
    300_000,
  );

  it.each(Object.entries(byteMutations))(
    '%s: nothing is lost without being counted',
    async (name, mutate) => {
      for (let run = 0; run < share; run++) {
        const random = new SeededRandom(runSeed + run);
        const base = random.pick(bases);
        const text = random.next() < 0.5 ? JSON.stringify(base) : base.map((event) => JSON.stringify(event)).join('\n');
        const original = Buffer.from(text);
        const mutated = mutate(original, random);
        const imported = await attempt(mutated);
        if (typeof imported === 'string') continue;
        assertSound(imported);
        const isCounted =
          isUndetectable(name, original, mutated) || imported.facts.events >= base.length || lostCount(imported) > 0;
        expect({ name, run, isCounted }).toEqual({ name, run, isCounted: true });
      }
    },
    300_000,
  );

  it('don’t exceed the heap limit', () => {
    expect(process.memoryUsage().heapUsed).toBeLessThan(heapLimitBytes);
  });

  it('finds a pass that loses an event without counting it (control)', async () => {
    const [base = []] = bases;
    const imported = await attempt(Buffer.from(JSON.stringify(base)));
    if (typeof imported === 'string') throw new Error(imported);
    for (const { segment } of imported.segments.slice(0, 1)) segment.events -= 1;
    expect(() => assertSound(imported)).toThrow();
  });
});
