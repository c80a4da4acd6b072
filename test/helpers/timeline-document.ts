import fc from 'fast-check';
import {
  controls,
  severities,
  timelineKinds,
  timelineVerbs,
  type TimelineEntry,
} from '../../src-main/contract/timeline';
import { timeOrigins } from '../../src-main/contract/timeline';
import type { TimelineDocument } from '../../src-main/core/timeline/formats';
import { hostileStrings } from './hostile-strings';

const startedAt = Date.UTC(2026, 10, 24, 9, 0, 0);

export function makeEntry(text: string, more: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    atMs: 3021,
    wallMs: startedAt + 3021,
    windowId: '1',
    kind: 'click',
    severity: 'info',
    verb: 'stated',
    ...more,
    quotes: { text, ...more.quotes },
  };
}

export function makeDocument(entries: TimelineEntry[], more: Partial<TimelineDocument> = {}): TimelineDocument {
  return {
    title: 'A session',
    startedAt,
    zeroAt: startedAt,
    durationMs: 33_203,
    software: 'Casement 0.1.0',
    policy: 'private-by-default',
    generatedAt: '2026-11-24T10:00:00.000Z',
    entries,
    ...more,
  };
}

/** Returns an entry of each kind, with all details that an entry can have. */
export function oneOfEachKind(): TimelineEntry[] {
  return timelineKinds.map((kind, index) =>
    makeEntry(`What a ${kind} says`, {
      kind,
      severity: severities[index % severities.length] ?? 'info',
      durationMs: 120,
      nodeId: 7,
      facts: { count: 3, ...(kind.startsWith('network') && { method: 'POST', status: 502 }) },
      quotes: {
        page: 'shop.example.test/cart',
        title: 'Cart',
        ...(kind.startsWith('network') && { route: '/api/orders/:id' }),
      },
    }),
  );
}

const text = fc.oneof(fc.constantFrom(...hostileStrings), fc.string({ unit: 'binary', maxLength: 60 }));
const number = fc.oneof(fc.nat(), fc.integer(), fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 1e300, -1e300));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** Generates any entry that the types allow, with hostile strings in each field. */
const anyEntry: fc.Arbitrary<TimelineEntry> = fc
  .record({
    atMs: number,
    wallMs: fc.option(number, { nil: null }),
    windowId: text,
    kind: fc.constantFrom(...timelineKinds),
    severity: fc.constantFrom(...severities),
    verb: fc.constantFrom(...timelineVerbs),
    nodeId: maybe(fc.integer()),
    durationMs: maybe(number),
    facts: maybe(
      fc.record({
        control: maybe(fc.constantFrom(...controls)),
        method: maybe(fc.oneof(fc.constantFrom('GET', 'POST', 'constructor', 'PURGE'), text)),
        status: maybe(number),
        count: maybe(number),
        screens: maybe(number),
        width: maybe(number),
        value: maybe(number),
      }),
    ),
    quotes: maybe(
      fc.record({
        name: maybe(text),
        card: maybe(text),
        message: maybe(text),
        label: maybe(text),
        text: maybe(text),
        route: maybe(
          fc.oneof(fc.constantFrom('/a/:id', 'api.example.test/x', 'api.example.test:8443/x', 'x y/z'), text),
        ),
        page: maybe(fc.oneof(fc.constantFrom('example.test/a', 'xxxx/yyy', '10.0.0.1/x'), text)),
        title: maybe(text),
        reason: maybe(text),
      }),
    ),
    tags: maybe(fc.array(text, { maxLength: 3 })),
  })
  // The types distinguish undefined from absent properties; recordings have absent ones.
  .map((entry) => JSON.parse(JSON.stringify(entry), reviveNumber) as TimelineEntry);

function reviveNumber(key: string, value: unknown): unknown {
  return value === null && key !== 'wallMs' ? Infinity : value;
}

export const anyDocument: fc.Arbitrary<TimelineDocument> = fc
  .record({
    title: text,
    startedAt: fc.option(fc.nat(), { nil: null }),
    zeroAt: number,
    durationMs: number,
    software: fc.oneof(fc.constant('Casement 0.1.0'), text),
    generatedAt: fc.oneof(fc.constant('2026-11-24T10:00:00.000Z'), text),
    entries: fc.array(anyEntry, { maxLength: 6 }),
    sessions: maybe(
      fc.record({ starts: fc.array(fc.option(fc.nat(), { nil: null }), { minLength: 2, maxLength: 3 }) }),
    ),
  })
  .chain((fields) => {
    if (!fields.sessions) return fc.constant(fields);
    const session = fc.record({
      number: fc.integer({ min: 1, max: 3 }),
      atMs: number,
      origin: fc.constantFrom(...timeOrigins),
    });
    return fc.array(session, { minLength: 6, maxLength: 6 }).map((all) => {
      const entries = fields.entries.map((entry, index) => ({ ...entry, ...(all[index] && { session: all[index] }) }));
      return { ...fields, entries };
    });
  })
  .map((fields) => ({ ...fields, policy: 'private-by-default' }));
