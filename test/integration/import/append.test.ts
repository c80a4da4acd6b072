import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { defaultThresholds } from '../../../src-main/contract/settings';
import type { RecordedEvent, SessionEvent } from '../../../src-main/contract/recorded-event';
import type { StoredSession } from '../../../src-main/contract/session';
import type { RecordingInput } from '../../../src-main/core/recording/parse';
import { readInAnyOrder } from '../../../src-main/node/intake/recording-file';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { appendRecording } from '../../../src-main/worker/jobs/import/append-recording';
import { importReading } from '../../../src-main/worker/jobs/import/import-recording';
import { resourcePath } from '../../helpers/fixtures';
import { collectEvents, contentOf } from '../../helpers/stored-session';
import { makeTempFolder } from '../../helpers/temp-folder';

const events = JSON.parse(
  gunzipSync(readFileSync(resourcePath('demo/harbor-checkout.json.gz'))).toString(),
) as RecordedEvent[];
const options = { thresholds: defaultThresholds, now: 1, signal: new AbortController().signal };
const origin = { title: 'x', from: 'server', sourceName: 'y' } as const;

function importEvents(vault: FileVault, input: RecordingInput): Promise<StoredSession> {
  return readInAnyOrder(input, (reading) => importReading(vault, reading, origin, options));
}

function inputOf(part: readonly unknown[]): RecordingInput {
  return {
    async *open() {
      yield await Promise.resolve(Buffer.from(JSON.stringify(part)));
    },
  };
}

describe('a recording that grows', () => {
  let vault: FileVault;
  let complete: StoredSession;

  beforeEach(async () => {
    vault = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
    complete = await importEvents(vault, inputOf(events));
  });

  it('equals one complete import, wherever it was cut and however much is repeated', async () => {
    const cuts = fc.tuple(fc.integer({ min: 10, max: events.length - 1 }), fc.double({ min: 0, max: 1, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(cuts, async ([cut, overlap]) => {
        const first = await importEvents(vault, inputOf(events.slice(0, cut)));
        const again = events.slice(Math.round(cut * (1 - overlap)));
        const grown = await appendRecording(vault, first.id, inputOf(again), options);
        expect(await contentOf(vault, grown)).toEqual(await contentOf(vault, complete));
        await vault.remove(first.id);
      }),
      { numRuns: 25 },
    );
  });

  it('grows in many small steps', async () => {
    const session = await importEvents(vault, inputOf(events.slice(0, 50)));
    let grown = session;
    for (let end = 50; end < events.length; end += 97) {
      grown = await appendRecording(vault, session.id, inputOf(events.slice(0, end + 97)), options);
    }
    expect(grown.generation).toBeGreaterThan(10);
    expect(await contentOf(vault, grown)).toEqual(await contentOf(vault, complete));
  });

  it('accepts events that belong in the middle', async () => {
    const missing = (event: RecordedEvent, index: number): boolean => event.type === 3 && index % 50 === 7;
    const first = await importEvents(vault, inputOf(events.filter((event, index) => !missing(event, index))));
    expect(first.facts.events).toBeLessThan(complete.facts.events);
    const grown = await appendRecording(vault, first.id, inputOf(events), options);
    expect(await collectEvents(vault, grown.id)).toHaveLength(complete.facts.events);
  });

  it('is unchanged when nothing new is appended', async () => {
    const before = await contentOf(vault, complete);
    const after = await appendRecording(vault, complete.id, inputOf(events), options);
    expect(await contentOf(vault, after)).toEqual(before);
  });

  it('is unchanged, including notes, when appending fails', async () => {
    const session = await importEvents(vault, inputOf(events.slice(0, 700)));
    await vault.writeNotes(session.id, [{ id: 'n-1', atMs: 5, text: 'kept' }]);
    const before = await contentOf(vault, session);
    const breaking: RecordingInput = {
      async *open() {
        yield await Promise.resolve(Buffer.from(JSON.stringify(events).slice(0, -100_000)));
        throw new Error('the connection broke');
      },
    };
    await expect(appendRecording(vault, session.id, breaking, options)).rejects.toThrow('the connection broke');
    expect(await contentOf(vault, await vault.get(session.id))).toEqual(before);
    expect((await vault.readNotes(session.id)).map(({ text }) => text)).toEqual(['kept']);
    const grown = await appendRecording(vault, session.id, inputOf(events), options);
    expect(grown.noteCount).toBe(1);
    expect(await contentOf(vault, grown)).toEqual(await contentOf(vault, complete));
  });

  it('keeps its tabs separate', async () => {
    const two = events.flatMap((event): SessionEvent[] => [
      { windowId: 'tab-b', event },
      { windowId: 'tab-a', event },
    ]);
    const lines = (part: SessionEvent[]): unknown[] => part.map(({ windowId, event }) => ({ windowId, ...event }));
    const all = await importEvents(vault, inputOf(lines(two)));
    const first = await importEvents(vault, inputOf(lines(two.slice(0, 900))));
    // The new part begins with the other tab.
    const grown = await appendRecording(vault, first.id, inputOf(lines(two.slice(901))), options);
    expect(grown.facts.windows).toEqual(['1', '2']);
    expect(grown.facts.events).toBe(all.facts.events - 1);
  });
});
