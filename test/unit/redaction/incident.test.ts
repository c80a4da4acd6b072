import { describe, expect, it } from 'vitest';
import type { RecordedEvent, SessionEvent } from '../../../src-main/contract/recorded-event';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { consolePlugin, networkPlugin } from '../../../src-main/core/recording/events';
import { plantedRecordings } from '../../helpers/planted-values';
import { readSession, redactSession, toSession } from '../../helpers/redacted-session';
import { plugin, snapshot, startedAt, text } from './small-page';

const incident = findPolicy('incident');
const strict = findPolicy('private-by-default');

/** Returns the events without the clock and without technical facts: messages, stack traces, headers, and addresses. */
function peopleIn(events: readonly SessionEvent[]): unknown[] {
  const first = events[0]?.event.timestamp ?? 0;
  return events.map(({ windowId, event: { type, data, timestamp } }) => {
    const { plugin = '' } = data as { plugin?: string };
    const isTechnical = plugin.startsWith(consolePlugin) || plugin.startsWith(networkPlugin);
    const text = JSON.stringify(isTechnical ? plugin : data);
    return { windowId, type, at: timestamp - first, data: text.replace(/(?:https?:\/\/|\/)[^"'\s)]*/g, 'address') };
  });
}

describe.each(plantedRecordings)('the policy incident, in $file', ({ file }) => {
  const session = readSession(file);
  const redacted = redactSession(session, incident);

  it('hides people’s data exactly as private-by-default does', () => {
    expect(peopleIn(redacted.events)).toEqual(peopleIn(redactSession(session, strict).events));
  });

  it('keeps the clock, which private-by-default removes', () => {
    const times = redacted.events.map(({ event: { timestamp } }) => timestamp);
    expect(times[0]).toBeGreaterThanOrEqual(session[0]?.event.timestamp ?? Infinity);
    expect(redactSession(session, strict).events[0]?.event.timestamp).toBeLessThan(Date.UTC(2001));
  });
});

describe('the policy incident', () => {
  const log = (message: string, trace: string[] = []): RecordedEvent =>
    plugin(`${consolePlugin}@1`, { level: 'error', payload: [JSON.stringify(message)], trace });
  const shown = (events: RecordedEvent[], policy = incident): string =>
    JSON.stringify(redactSession(toSession(events), policy).events);

  it('keeps names and messages of errors and the places of a stack, but no detected private value', () => {
    const kept = shown([
      snapshot([text(10, 'Zorblax')]),
      log('TypeError: cannot read quantumFlux of undefined', ['at pay (https://shop.test/static/app.js:12:7)']),
      log('order of jane.doe@acme-example.com refused, card 4111 1111 1111 1111'),
    ]);
    expect(kept).toContain('TypeError: cannot read quantumFlux of undefined');
    expect(kept).toContain('https://shop.test/static/app.js:12:7');
    expect(kept).toMatch(/order of •+ refused, card •+/);
    expect(kept).not.toContain('Zorblax');
    // Control: the default policy hides the message.
    expect(shown([log('TypeError: quantumFlux')], strict)).not.toContain('quantumFlux');
  });

  it('keeps method, host, route, status and duration of a request, its harmless headers, and no query, id or body', () => {
    const request = {
      name: 'https://sso.shop.test/oauth2/healthz/8f1c22aa?user=jane.doe%40acme-example.com',
      method: 'post',
      initiatorType: 'fetch',
      status: 502,
      startTime: startedAt,
      endTime: startedAt + 1200,
      duration: 1200,
      responseHeaders: { 'content-type': 'application/json', 'retry-after': '30', 'set-cookie': 'sid=zorblax' },
      responseBody: '{"user":"Zorblax"}',
    };
    const kept = shown([plugin(`${networkPlugin}@1`, { requests: [request] })]);
    for (const fact of ['POST', 'shop.test/oauth2/healthz/:seg"', '502', '1200', 'application/json', '"30"'])
      expect(kept).toContain(fact);
    expect(kept).not.toMatch(/jane|acme|zorblax|8f1c22aa|cookie/i);
  });
});
