import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CasementError } from '../../../src-main/contract/errors';
import { DomModel } from '../../../src-main/core/recording/dom-model';
import { normaliseRecording } from '../../../src-main/core/recording/normalise';
import { parseFile } from '../../../src-main/core/recording/parse';
import { buildTimeline } from '../../../src-main/core/timeline/build';
import { inflatePorts } from '../../../src-main/node/recording-file';
import { hasShared, sharedPath } from '../../helpers/shared';

interface Outcome {
  read: number;
  /** Members of an archive that hold no full snapshot. */
  blind?: number;
  damage?: number;
  ignored?: number;
}

/** Every recording at hand, and what becomes of it. */
const table: [string, Outcome][] = [
  ['recordings/actual-budget-support.json.gz', { read: 1, ignored: 2 }],
  ['recordings/harbor-checkout.json.gz', { read: 1 }],
  ['recordings/rrweb-player-demoit.json.gz', { read: 1 }],
  ['recordings/sb-admin2-multipage-canvas.json.gz', { read: 1 }],
  ['recordings/rrweb-recorded-snaps.tar.gz', { read: 48 }],
  ['recordings/rrweb-test-events.tar.gz', { read: 25, blind: 1, damage: 3 }],
  ['sources/generic/derived.tar.gz', { read: 5, blind: 1, damage: 1 }],
  ['sources/posthog/derived-export.tar.gz', { read: 2, ignored: 30 }],
  ['sources/posthog/derived-blob_v2.tar.gz', { read: 4, blind: 2, damage: 5, ignored: 34 }],
  ['sources/sentry/derived.tar.gz', { read: 1, blind: 1, damage: 2 }],
  ['sources/umami/replay.json.gz', { read: 1 }],
  ['sources/amplitude/v2-file-0.json.gz', { read: 1 }],
  ['sources/amplitude/v3-file-0.json.gz', { read: 1 }],
  ['sources/amplitude/v3-file-1.json.gz', { read: 0, blind: 1 }],
];

describe.runIf(hasShared)('every recording at hand', () => {
  it.each(table)('%s', (path, expected) => {
    const outcome = { read: 0, blind: 0, damage: 0, ignored: 0 };
    for (const { recording } of parseFile(readFileSync(sharedPath(path)), inflatePorts)) {
      const normalised = readOrRefuse(() => normaliseRecording(recording));
      if (typeof normalised === 'string') {
        expect(normalised).toBe('recording-no-snapshot');
        outcome.blind++;
        continue;
      }
      const { events, facts } = normalised;
      outcome.read++;
      outcome.damage += facts.damage.reduce((sum, { count }) => sum + count, 0);
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

  it('PostHog’s compressed lines unfold to the events that they were made from', () => {
    const byName = new Map(
      parseFile(readFileSync(sharedPath('sources/posthog/derived-blob_v2.tar.gz')), inflatePorts).map(
        ({ name, recording }) => [name, recording.events.map(({ event }) => event)],
      ),
    );
    expect(byName.get('range_0_2.jsonl')).toEqual(byName.get('expected_events.json'));
  });

  it('an inflate bomb in a field is refused', () => {
    const error = readOrRefuse(() =>
      parseFile(readFileSync(sharedPath('sources/posthog/adversarial.tar.gz')), inflatePorts),
    );
    expect(error).toBe('recording-unreadable');
  });
});

function readOrRefuse<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof CasementError) return error.code;
    throw error;
  }
}

function countIgnored(events: ReturnType<typeof normaliseRecording>['events']): number {
  const models = new Map<string, DomModel>();
  for (const { windowId, event } of events) {
    const model = models.get(windowId) ?? new DomModel();
    models.set(windowId, model);
    model.apply(event);
  }
  return [...models.values()].reduce((sum, model) => sum + model.ignored, 0);
}
