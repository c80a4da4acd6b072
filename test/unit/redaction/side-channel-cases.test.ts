import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { isRecord, listOf } from '../../../src-main/core/recording/json';
import { findPolicy, parsePolicy } from '../../../src-main/core/redaction/policy';
import { fixturePath } from '../../helpers/fixtures';
import { toSession } from '../../helpers/redacted-session';

function read(name: string): RecordedEvent[] {
  return JSON.parse(readFileSync(fixturePath(`redaction/${name}.json`), 'utf8')) as RecordedEvent[];
}

/** Returns the redacted events and the timeline of a recording in `test/fixtures/redaction`. */
async function exported(name: string, policy: string): Promise<{ events: RecordedEvent[]; text: string }> {
  const session = toSession(read(name));
  const own = policy === 'own' ? parsePolicy(read(`${name}.policy`)) : findPolicy(policy);
  const startedAt = session[0]?.event.timestamp ?? 0;
  const prepared = await prepareExport(session, { policy: own, notes: [], startedAt });
  const events: RecordedEvent[] = [];
  for await (const { event } of prepared.recording.events()) events.push(event);
  return { events, text: JSON.stringify([events, prepared.entries, prepared.report]) };
}

/** Returns the element and the position of every pointer event. */
function pointings(events: readonly RecordedEvent[]): string[] {
  return events.flatMap(({ data }) => {
    if (!isRecord(data)) return [];
    const places = data.source === 2 ? [data] : listOf(data.positions).filter(isRecord);
    return places.map(({ id, x, y }) => `${String(id)} ${String(x)} ${String(y)}`);
  });
}

describe('the recordings of side channels', () => {
  it.each(['private-by-default', 'readable', 'internal', 'everything-hidden'])(
    'show no key of a keypad, no stroke and no dot under %s',
    async (policy) => {
      for (const name of [
        '03-keypad-with-letters-under-the-digits',
        '05-keypad-own-elements',
        '07-signature-pad',
        '08-pattern-lock',
      ]) {
        const { events } = await exported(name, policy);
        expect(new Set(pointings(events)).size, name).toBeLessThanOrEqual(1);
      }
    },
  );
});
