import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CasementError } from '../../../src-main/contract/errors';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { EventType, IncrementalSource } from '../../../src-main/core/recording/events';
import { normaliseRecording } from '../../../src-main/core/recording/normalise/normalise';
import { buildTimeline, createTimelineBuilder, type TimelineState } from '../../../src-main/core/timeline/build';

const numbers = (values: object): number[] => Object.values(values).filter((value) => typeof value === 'number');
const data = fc.oneof(
  fc.anything(),
  fc.record({
    source: fc.constantFrom(...numbers(IncrementalSource)),
    id: fc.integer({ max: 5 }),
    type: fc.nat(10),
    text: fc.anything(),
    positions: fc.anything(),
  }),
  fc.record({ plugin: fc.constantFrom('rrweb/console@1', 'rrweb/network@1'), payload: fc.anything() }),
  fc.record({
    tag: fc.constantFrom('breadcrumb', 'performanceSpan', '$pageview', '$exception', 'identify', 'x'),
    payload: fc.anything(),
  }),
  fc.record({ href: fc.string(), width: fc.anything(), height: fc.anything() }),
);
const event = fc.record({
  type: fc.oneof(fc.constantFrom(...numbers(EventType)), fc.nat(20)),
  timestamp: fc.oneof(fc.nat(100_000), fc.double()),
  data,
});
const sessionEvents = fc.array(fc.record({ windowId: fc.constantFrom('1', '2', ''), event }), { maxLength: 30 });

it('builds a timeline from any invalid events', () => {
  fc.assert(
    fc.property(sessionEvents, (events) => {
      buildTimeline(events, { times: 'absolute' });
      const builder = createTimelineBuilder({ times: 'relative' });
      const model = new DomModel();
      for (const event of events) builder.add(event, model);
      const resume = JSON.parse(JSON.stringify(builder.save())) as TimelineState;
      const next = createTimelineBuilder({ times: 'relative', resume });
      for (const event of events) next.add(event, model);
      next.finish();
    }),
    { numRuns: 1000 },
  );
});

it('throws only its own errors when it normalises invalid events', () => {
  fc.assert(
    fc.property(sessionEvents, (events) => {
      try {
        normaliseRecording({ format: 'x', events });
      } catch (error) {
        expect(error).toBeInstanceOf(CasementError);
      }
    }),
    { numRuns: 1000 },
  );
});
