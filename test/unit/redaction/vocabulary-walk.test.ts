import { describe, expect, it } from 'vitest';
import { findingKinds } from '../../../src-main/contract/finding-kinds';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { isRecord } from '../../../src-main/core/recording/json';
import { redactSession, toSession } from '../../helpers/redacted-session';
import { readFixtureRecordings } from '../../helpers/fixture-recordings';
import { unlistedWords } from './unlisted-words';

const pseudonym = new RegExp(`^(?:${findingKinds.map((kind) => kind.toUpperCase()).join('|')})-\\d{1,6}$`);

/** Returns the registered host names of a recording, which URLs keep. */
function hostsOf(events: readonly { data: unknown }[]): string[] {
  const hosts = new Set<string>();
  const read = (address: unknown): void => {
    if (typeof address !== 'string' || !/^https?:/.test(address)) return;
    const { hostname } = new URL(address);
    for (const label of hostname.split('.').slice(-2)) hosts.add(label);
  };
  for (const { data } of events) {
    if (!isRecord(data)) continue;
    read(data.href);
    const requests = isRecord(data.payload) && Array.isArray(data.payload.requests) ? data.payload.requests : [];
    for (const request of requests as unknown[]) if (isRecord(request)) read(request.name);
  }
  return [...hosts];
}

describe.each(readFixtureRecordings())('$name under private-by-default', ({ events }) => {
  // The redactor needs events in the order of time. Some recorders write them in another order.
  const session = toSession([...events].sort((a, b) => a.timestamp - b.timestamp));
  const { events: left, report } = redactSession(session);

  it('contains only constants, allowed words and pseudonyms in strings and keys', () => {
    const unlisted = unlistedWords(left, { hosts: hostsOf(events) });
    expect(unlisted.filter((word) => !pseudonym.test(word))).toEqual([]);
  });

  it('keeps the order of events in time', () => {
    const times = left.map(({ event }) => event.timestamp);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('doesn’t refer to nodes that were left out', () => {
    const ignoredIn = (recorded: typeof left): number => {
      const model = new DomModel();
      for (const { event } of recorded) model.apply(event);
      return model.ignored;
    };
    expect(ignoredIn(left)).toBeLessThanOrEqual(ignoredIn(session));
  });

  it('has a report that contains only counts', () => {
    const { policy, floor, ...counts } = report;
    expect(policy).toBe('private-by-default');
    expect(floor).toBeNull();
    for (const count of Object.values(counts))
      for (const value of isRecord(count) ? Object.values(count) : [count]) expect(typeof value).toBe('number');
  });
});
