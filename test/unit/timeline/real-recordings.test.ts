import { describe, expect, it } from 'vitest';
import { entryText } from '../../../src-main/contract/words/timeline';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import type { TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';
import { buildTimeline } from '../../../src-main/core/timeline/build';
import { shippedPolicies } from '../../../src-main/core/redaction/policy';
import { redactSession } from '../../helpers/redacted-session';
import { readDemo, readRealSessions } from './real-sessions';

const build = (events: readonly SessionEvent[]): TimelineEntry[] => buildTimeline(events, { times: 'relative' });
const ofKind = (entries: readonly TimelineEntry[], kind: TimelineKind): string[] =>
  entries.filter((entry) => entry.kind === kind).map(entryText);

describe('harbor-checkout', () => {
  const entries = build(readDemo('harbor-checkout'));

  it('has one run of rage clicks, one dead click and one uncaught error', () => {
    expect(ofKind(entries, 'rage-click')).toEqual(['Clicked button “Confirm order” 5 times in 1.5 s']);
    expect(ofKind(entries, 'dead-click')).toEqual(['Clicked on the page (header), but nothing happened']);
    expect(ofKind(entries, 'error')).toEqual(["Uncaught TypeError: Cannot read properties of null (reading 'total')"]);
  });

  it('has a long idle span, a checkout that fails five times, and the pages of its router', () => {
    const idle = entries.filter(({ kind }) => kind === 'idle');
    expect(idle).toHaveLength(1);
    expect(idle[0]?.durationMs).toBeGreaterThan(12_000);
    const failed = entries
      .filter(({ kind }) => kind === 'network-error')
      .map(({ facts, quotes }) => ({ ...facts, ...quotes }));
    const checkout = { method: 'POST', route: '/api/checkout', status: 502, page: '127.0.0.1:4110/' };
    expect(failed).toEqual(Array.from({ length: 5 }, () => checkout));
    expect(entries.filter(({ kind }) => kind === 'navigation').map(({ quotes }) => quotes?.page)).toEqual(
      ['/', '/orders', '/account', '/'].map((path) => `127.0.0.1:4110${path}`),
    );
  });
});

describe('actual-budget-support', () => {
  const entries = build(readDemo('actual-budget-support'));

  it('has its rage clicks and no dead click', () => {
    expect(ofKind(entries, 'rage-click')).toEqual(['Clicked on the page (div) 7 times in 578 ms']);
    expect(ofKind(entries, 'dead-click')).toEqual([]);
    expect(ofKind(entries, 'error')).toHaveLength(1);
  });

  it('has the pages of its router, by the links that were clicked', () => {
    const pages = entries.filter(({ kind }) => kind === 'navigation').map(({ quotes }) => quotes?.page?.split('/')[1]);
    expect(pages).toEqual(['', 'accounts', 'reports', 'schedules', 'payees', 'settings']);
  });
});

describe('sb-admin2-multipage-canvas', () => {
  const entries = build(readDemo('sb-admin2-multipage-canvas'));

  it('has five page loads with their titles', () => {
    expect(entries.flatMap(({ kind, quotes }) => (kind === 'navigation' ? [quotes?.title] : []))).toEqual(
      ['Dashboard', 'Tables', 'Register', 'Charts', 'Buttons'].map((page) => `SB Admin 2 - ${page}`),
    );
    expect(ofKind(entries, 'gap')).toEqual([]);
    expect(ofKind(entries, 'error')).toEqual(['Uncaught Error: Uncaught widget error']);
  });
});

/** Invented values planted in the recordings. No part of a redacted timeline may contain them. */
const planted =
  /priya|raman|harbor-example|4012|98200|ABCPR|4417|Marine|jane|acme|sk_test|000123456789|hunter2|douglas|demo\.user|tok_test/i;

describe('the timeline of a redacted recording', () => {
  it.each(['harbor-checkout', 'actual-budget-support', 'sb-admin2-multipage-canvas'] as const)(
    '%s contains no personal data',
    (name) => {
      const events = readDemo(name);
      expect(JSON.stringify(build(events))).toMatch(planted);
      for (const policy of shippedPolicies) {
        const redacted = build(redactSession(events, policy).events);
        expect(redacted.length).toBeGreaterThan(20);
        expect(JSON.stringify(redacted)).not.toMatch(planted);
      }
    },
  );
});

it('has no false dead click in any recording of a real user', () => {
  const dead = readRealSessions().flatMap(({ name, events }) =>
    ofKind(build(events), 'dead-click').map((text) => `${name}: ${text}`),
  );
  expect(dead).toEqual(['harbor-checkout: Clicked on the page (header), but nothing happened']);
});
