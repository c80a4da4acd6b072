import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { checkTimeline } from '../../../src-main/core/casefile/check-timeline';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { shippedPolicies } from '../../../src-main/core/redaction/policy';
import { buildTimeline } from '../../../src-main/core/timeline/build';
import { readRealSessions } from '../timeline/real-sessions';

const failed = (atMs: number): TimelineEntry => ({
  atMs,
  wallMs: null,
  windowId: '1',
  kind: 'network-error',
  severity: 'error',
  verb: 'requested',
});

describe('the comparison of an exported timeline with its recording', () => {
  it.each(shippedPolicies.map((policy) => [policy.name, policy] as const))(
    'agrees for every recording: %s',
    async (_name, policy) => {
      let compared = 0;
      for (const { name, events } of readRealSessions()) {
        const startedAt = events[0]?.event.timestamp ?? 0;
        const { recording, entries, zeroAt } = await prepareExport(events, { policy, notes: [], startedAt });
        const redacted = [];
        for await (const event of recording.events()) redacted.push(event);
        const check = checkTimeline(entries, buildTimeline(redacted, { times: 'relative', startedAt: zeroAt }));
        expect(check.differing, name).toBe(0);
        compared += check.compared;
      }
      expect(compared).toBeGreaterThan(30);
    },
    300_000,
  );

  it('counts an entry that the recording does not show, also one of two at the same time', () => {
    expect(checkTimeline([failed(10), failed(20)], [failed(10)])).toEqual({ compared: 2, differing: 1 });
    expect(checkTimeline([failed(10)], [failed(5000)])).toEqual({ compared: 1, differing: 1 });
  });

  it('does not compare what redaction may hide', () => {
    const idle: TimelineEntry = { ...failed(0), kind: 'idle', verb: 'idled' };
    expect(checkTimeline([idle], [])).toEqual({ compared: 0, differing: 0 });
  });
});
