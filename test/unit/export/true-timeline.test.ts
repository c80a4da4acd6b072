import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src-main/contract/policy';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import type { TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { findPolicy, shippedPolicies } from '../../../src-main/core/redaction/policy';
import { buildTimeline } from '../../../src-main/core/timeline/build';
import { readRealSessions } from '../timeline/real-sessions';

/** Kinds of which entries are left out in private fields and areas. All others are complete in every export. */
const partly: ReadonlySet<TimelineKind> = new Set(['click', 'input', 'selection', 'scroll', 'idle', 'copy']);
/** The times of private entries are rounded down by less than this, ms. */
const stepMs = 1000;

async function exportedEntries(events: readonly SessionEvent[], policy: Policy): Promise<TimelineEntry[]> {
  const startedAt = events[0]?.event.timestamp ?? 0;
  return (await prepareExport(events, { policy, notes: [], startedAt })).entries;
}

/** Finds one recorded entry for each exported one. Returns the exported entries without one, and the recorded ones that are left. */
function match(
  recorded: readonly TimelineEntry[],
  exported: readonly TimelineEntry[],
): { invented: TimelineEntry[]; left: TimelineEntry[] } {
  const left = new Set(recorded);
  const invented = exported.filter((entry) => {
    const fits = (other: TimelineEntry, isCoarse: boolean): boolean =>
      other.kind === entry.kind &&
      other.severity === entry.severity &&
      other.verb === entry.verb &&
      other.durationMs === entry.durationMs &&
      (isCoarse ? other.atMs >= entry.atMs && other.atMs - entry.atMs < stepMs : other.atMs === entry.atMs);
    const found = [...left].find((other) => fits(other, false)) ?? [...left].find((other) => fits(other, true));
    if (found) left.delete(found);
    return !found;
  });
  return { invented, left: [...left] };
}

const brief = ({ atMs, kind, verb }: TimelineEntry): string => `${atMs} ${kind} ${verb}`;

describe('the timeline of an export', () => {
  const sessions = readRealSessions();

  it.each(shippedPolicies.map((policy) => [policy.name, policy] as const))(
    'has exactly one recorded entry for each of its entries, and leaves out only private ones: %s',
    async (_name, policy) => {
      for (const { name, events } of sessions) {
        const recorded = buildTimeline(events, { times: 'absolute' });
        const { invented, left } = match(recorded, await exportedEntries(events, policy));
        expect(invented.map(brief), name).toEqual([]);
        expect(left.filter(({ kind }) => !partly.has(kind)).map(brief), name).toEqual([]);
      }
    },
    300_000,
  );

  it('differs from the timeline of the redacted recording (control)', async () => {
    const policy = findPolicy('private-by-default');
    const differing: string[] = [];
    for (const { name, events } of sessions) {
      const { recording, startedAt } = await prepareExport(events, {
        policy,
        notes: [],
        startedAt: events[0]?.event.timestamp ?? 0,
      });
      expect(startedAt).toBeNull();
      const redacted: SessionEvent[] = [];
      for await (const event of recording.events()) redacted.push(event);
      const { invented, left } = match(
        buildTimeline(events, { times: 'absolute' }),
        buildTimeline(redacted, { times: 'relative' }),
      );
      if (invented.length > 0 || left.some(({ kind }) => !partly.has(kind))) differing.push(name);
    }
    expect(differing.length).toBeGreaterThan(0);
  }, 300_000);
});
