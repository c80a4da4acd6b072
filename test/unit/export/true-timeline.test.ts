import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src-main/contract/policy';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { findPolicy, shippedPolicies } from '../../../src-main/core/redaction/policy';
import { buildTimeline } from '../../../src-main/core/timeline/build';
import { isPartlyLeftOut, matchEntries } from '../../helpers/match-entries';
import { readRealSessions } from '../timeline/real-sessions';

async function exportedEntries(events: readonly SessionEvent[], policy: Policy): Promise<TimelineEntry[]> {
  const startedAt = events[0]?.event.timestamp ?? 0;
  return (await prepareExport(events, { policy, notes: [], startedAt })).entries;
}

const brief = ({ atMs, kind, verb }: TimelineEntry): string => `${atMs} ${kind} ${verb}`;

describe('the timeline of an export', () => {
  const sessions = readRealSessions();

  it.each(shippedPolicies.map((policy) => [policy.name, policy] as const))(
    'has exactly one recorded entry for each of its entries, and leaves out only private ones: %s',
    async (_name, policy) => {
      for (const { name, events } of sessions) {
        const recorded = buildTimeline(events, { times: 'absolute' });
        const { invented, left } = matchEntries(recorded, await exportedEntries(events, policy));
        expect(invented.map(brief), name).toEqual([]);
        expect(left.filter(({ kind }) => !isPartlyLeftOut(kind)).map(brief), name).toEqual([]);
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
      const { invented, left } = matchEntries(
        buildTimeline(events, { times: 'absolute' }),
        buildTimeline(redacted, { times: 'relative' }),
      );
      if (invented.length > 0 || left.some(({ kind }) => !isPartlyLeftOut(kind))) differing.push(name);
    }
    expect(differing.length).toBeGreaterThan(0);
  }, 300_000);
});
