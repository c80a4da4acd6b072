import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import { damageWords } from '../../../src-main/contract/words/recording';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { inputOf, openRecordings } from '../../../src-main/core/recording/parse';
import { buildTimeline } from '../../../src-main/core/timeline/build';
import { inflatePorts } from '../../../src-main/node/intake/inflate-ports';
import { readRecordings } from '../../../src-main/node/intake/recording-file';
import { hasPage } from '../../../src-main/core/recording/normalise/normalise';
import { failureOf, readAll, readAllInAnyOrder } from './read-all';
import { fixturePath, resourcePath } from '../../helpers/fixtures';

interface Outcome {
  read: number;
  /** Members of an archive without a full snapshot. */
  blind?: number;
  damage?: number;
  ignored?: number;
}

/** Every recording, and the expected outcome of reading it. */
const table: [string, Outcome][] = [
  ['demo/actual-budget-support.json.gz', { read: 1 }],
  ['demo/harbor-checkout.json.gz', { read: 1 }],
  ['recordings/rrweb-player-demoit.json.gz', { read: 1 }],
  ['demo/sb-admin2-multipage-canvas.json.gz', { read: 1 }],
  ['recordings/rrweb-recorded-snaps.tar.gz', { read: 48 }],
  ['recordings/rrweb-test-events.tar.gz', { read: 25, blind: 1, damage: 4 }],
  // A truncated member is kept up to its end.
  ['sources/generic/derived.tar.gz', { read: 6, blind: 1, damage: 1 }],
  ['sources/posthog/derived-export.tar.gz', { read: 2, ignored: 18 }],
  // The one in snappy framing has only a readable Meta.
  ['sources/posthog/derived-blob_v2.tar.gz', { read: 4, blind: 3, damage: 49, ignored: 21 }],
  ['sources/sentry/derived.tar.gz', { read: 1, blind: 1, damage: 2 }],
  ['sources/umami/replay.json.gz', { read: 1 }],
  ['sources/amplitude/v2-file-0.json.gz', { read: 1 }],
  ['sources/amplitude/v3-file-0.json.gz', { read: 1 }],
];

const pathOf = (path: string): string => (path.startsWith('demo/') ? resourcePath(path) : fixturePath(path));
const read = (path: string) => readRecordings(inputOf(readFileSync(pathOf(path))));

/** A member of an archive. */
async function member(path: string, wanted: string): Promise<Uint8Array> {
  for await (const { name, input } of openRecordings(inputOf(readFileSync(pathOf(path))), inflatePorts)) {
    if (name !== wanted) continue;
    const parts: Uint8Array[] = [];
    for await (const part of input.open()) parts.push(part);
    return Buffer.concat(parts);
  }
  throw new Error(`no ${wanted} in ${path}`);
}

describe('every test recording', () => {
  it.each(table)('%s', async (path, expected) => {
    const outcome = { read: 0, blind: 0, damage: 0, ignored: 0 };
    const { found, refused } = await read(path);
    expect(refused).toEqual([]);
    for (const { events, facts } of found) {
      // The first recording of an archive has the damage of the archive.
      outcome.damage += facts.damage.reduce((sum, { count }) => sum + count, 0);
      if (!hasPage(facts)) {
        outcome.blind++;
        continue;
      }
      outcome.read++;
      expect(Object.values(facts.counts).reduce((sum, count) => sum + count, 0)).toBe(events.length);
      expect(facts.durationMs).toBeLessThan(100_000);
      expect(facts.width).toBeGreaterThan(0);
      outcome.ignored += countIgnored(events);
      const times = buildTimeline(events, { times: 'absolute' }).map(({ atMs }) => atMs);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(Math.max(0, ...times)).toBeLessThanOrEqual(facts.durationMs);
    }
    expect(outcome).toEqual({ blind: 0, damage: 0, ignored: 0, ...expected });
  });

  it('a part of a recording without a full snapshot has no page', async () => {
    const { found } = await read('sources/amplitude/v3-file-1.json.gz');
    expect(found.map(({ facts }) => hasPage(facts))).toEqual([false]);
  });

  it('PostHog’s compressed lines decompress to their original events', async () => {
    const path = 'sources/posthog/derived-blob_v2.tar.gz';
    const expected = await readAllInAnyOrder(await member(path, 'expected_events.json'));
    for (const limits of [{}, { blockBytes: 5000, wholeBytes: 1000, reorderEvents: 10 }]) {
      const lines = await readAllInAnyOrder(await member(path, 'range_0_2.jsonl'), { limits });
      expect(lines.lost).toEqual([]);
      expect(lines.events.map(({ event }) => event)).toEqual(expected.events.map(({ event }) => event));
      expect(new Set(lines.events.map(({ windowId }) => windowId))).toEqual(new Set(['1', '2']));
    }
  });

  it('PostHog’s exports contain their original events', async () => {
    const expected = await member('sources/posthog/derived-blob_v2.tar.gz', 'expected_events.json');
    const { events } = await readAllInAnyOrder(expected);
    for (const name of ['export-2022-12-02.json', 'export-2023-04-28.json']) {
      const bytes = await member('sources/posthog/derived-export.tar.gz', name);
      for (const wholeBytes of [1000, 10_000_000]) {
        const found = await readAllInAnyOrder(bytes, { limits: { wholeBytes } });
        expect(found.reading.facts().format).toBe('posthog export');
        expect(found.events.map(({ event }) => event)).toEqual(events.map(({ event }) => event));
      }
    }
  });

  it('damage in PostHog’s lines is counted, and the rest is kept', async () => {
    const found = await readAll(await member('sources/posthog/derived-blob_v2.tar.gz', 'quirks.jsonl'));
    expect(found.damage).toEqual(
      expect.arrayContaining([
        { reason: damageWords.lineUnreadable, count: 1 },
        { reason: damageWords.fieldUnreadable, count: 1 },
      ]),
    );
    const unreadable = found.lost.find(({ reason }) => reason === damageWords.fieldUnreadable);
    expect(unreadable).toMatchObject({ windowId: '1', at: 1606224882604 });
    expect(found.events.map(({ event }) => event.type)).toEqual(expect.arrayContaining([4, 2, 3]));
  });

  it('an inflate bomb in a field is stopped at the field’s limit', async () => {
    expect((await failureOf(read('sources/posthog/adversarial.tar.gz'))).code).toBe('recording-unreadable');
    const bomb = await member('sources/posthog/adversarial.tar.gz', 'cv_gzip_bomb_64MiB.jsonl');
    const error = await failureOf(readAll(bomb));
    expect(error.details).toEqual({ reason: damageWords.fieldTooLarge });
  });
});

function countIgnored(events: readonly SessionEvent[]): number {
  const models = new Map<string, DomModel>();
  for (const { windowId, event } of events) {
    const model = models.get(windowId) ?? new DomModel();
    models.set(windowId, model);
    model.apply(event);
  }
  return [...models.values()].reduce((sum, model) => sum + model.ignored, 0);
}
