import { randomBytes } from 'node:crypto';
import { entryText } from '../../../src-main/contract/words/timeline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { StoredSession } from '../../../src-main/contract/session';
import { defaultThresholds } from '../../../src-main/contract/settings';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import type { Vault } from '../../../src-main/node/vault/vault';
import { ByteFeed } from '../../../src-main/worker/jobs/import/byte-feed';
import { importTimeline } from '../../../src-main/worker/jobs/import/import-timeline';
import { makeTempFolder } from '../../helpers/temp-folder';

const origin = { title: 'u-7', from: 'fullstory' as const, sourceName: 'FullStory', isTimelineOnly: true as const };
const startedAt = 1_700_000_000_000;

/** Generates lines as a source does, in parts. `at` returns the time of each line, ms from the start. */
function* timelineLines(count: number, at: (index: number) => number = (index) => index): Generator<Uint8Array> {
  const inPart = 1000;
  for (let start = 0; start < count; start += inPart) {
    let text = '';
    for (let index = start; index < Math.min(count, start + inPart); index++) {
      const line = { casement: 'timeline', at: startedAt + at(index), kind: 'click', severity: 'info', windowId: '1' };
      text += `${JSON.stringify({ ...line, verb: 'stated', quotes: { text: `Clicked ${index}, ${'again and '.repeat(20)}again` } })}\n`;
    }
    yield Buffer.from(text);
  }
}

async function importLines(
  vault: Vault,
  parts: Iterable<Uint8Array>,
  { signal = new AbortController().signal, storedId }: { signal?: AbortSignal; storedId?: string } = {},
): Promise<StoredSession> {
  const scratch = await vault.scratch();
  const feed = new ByteFeed(scratch);
  const options = { thresholds: defaultThresholds, now: 1, signal };
  const stored = importTimeline(vault, feed, { origin, storedId }, options);
  stored.catch((error: unknown) => feed.fail(error));
  try {
    for (const bytes of parts) await feed.push(bytes);
    feed.end();
  } catch {
    // `stored` rejects with the reason.
  }
  return stored.finally(() => scratch.clear());
}

const openVault = async (): Promise<FileVault> => FileVault.open(await makeTempFolder(), randomBytes(32), false);

describe('a timeline of a source', () => {
  it('longer than the buffer is sorted by time, with ties in order of arrival', async () => {
    const vault = await openVault();
    const count = 60_000;
    // Two entries at each time, and half of them in reverse order, which is far more than the buffer holds.
    const at = (index: number): number =>
      index < count / 2 ? count - 2 * (index >> 1) : index - (index & 1) - count / 2;
    const session = await importLines(vault, timelineLines(count, at));
    const expected = Array.from({ length: count }, (_, index) => ({ index, at: at(index) })).sort(
      (a, b) => a.at - b.at,
    );
    const first = expected[0]?.at ?? 0;
    const timeline = await vault.readTimeline(session.id);
    expect(timeline.map((entry) => [entry.atMs, Number.parseInt(entryText(entry).slice(8))])).toEqual(
      expected.map(({ index, at }) => [at - first, index]),
    );
    expect(timeline[0]).not.toHaveProperty('casement');
    expect(session.facts).toMatchObject({
      events: count,
      startedAt: startedAt + first,
      durationMs: (expected.at(-1)?.at ?? 0) - first,
      damage: [],
    });
  });

  it('counts invalid lines, including an unterminated one, and keeps all others', async () => {
    const vault = await openVault();
    const good = [...timelineLines(2)];
    const bad = [
      '{"casement":"timeline"}\n',
      'x\n\n',
      '[',
      ...Array.from({ length: 30 }, () => 'y'.repeat(100_000)),
      '\n',
    ];
    const { facts } = await importLines(vault, [...bad.map((text) => Buffer.from(text)), ...good]);
    expect(facts).toMatchObject({ events: 2, damage: [{ count: 3 }] });
    await expect(importLines(vault, [Buffer.from('x\n')])).rejects.toMatchObject({ code: 'recording-empty' });
  });

  it('that is cancelled leaves the vault unchanged, also when it would have replaced an earlier one', async () => {
    const vault = await openVault();
    const { id } = await importLines(vault, timelineLines(2));
    const stopping = new AbortController();
    function* stopped(): Generator<Uint8Array> {
      yield* timelineLines(40_000);
      stopping.abort();
    }
    await expect(importLines(vault, stopped(), { signal: stopping.signal, storedId: id })).rejects.toThrow();
    expect((await vault.list()).map(({ id, facts, generation }) => [id, facts.events, generation])).toEqual([
      [id, 2, 1],
    ]);
    expect((await importLines(vault, timelineLines(3), { storedId: id })).facts.events).toBe(3);
    expect(await vault.readTimeline(id)).toHaveLength(3);
  });

  it('is buffered in memory up to a limit, then sealed on the disk, and written in batches', async () => {
    const vault = await openVault();
    const scratch = vault.scratch.bind(vault);
    const written: number[] = [];
    vault.scratch = async () => {
      const inner = await scratch();
      const index = written.push(0) - 1;
      const write = (bytes: Uint8Array): Promise<number> => {
        written[index] = (written[index] ?? 0) + bytes.length;
        return inner.write(bytes);
      };
      return { ...inner, write };
    };
    let longest = 0;
    watchTimeline(vault, (entries) => (longest = Math.max(longest, entries)));
    await importLines(vault, timelineLines(60_000));
    // The first scratch store holds the pulled bytes, the second the sorted entries.
    const [bytes = 0, sorted = 0] = written;
    expect(bytes).toBeGreaterThan(16 * 2 ** 20);
    expect(sorted).toBeGreaterThan(bytes - 9 * 2 ** 20);
    expect(longest).toBeLessThanOrEqual(512);
  });

  it.runIf(process.env.CASEMENT_HEAVY)(
    'of a million entries needs about as much memory as one of a quarter million',
    async () => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const heldMB = (): number => {
        collect();
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        return (heapUsed + arrayBuffers) / 2 ** 20;
      };
      const peakOf = async (count: number): Promise<number> => {
        const vault = await openVault();
        const before = heldMB();
        let peak = 0;
        let batches = 0;
        watchTimeline(vault, () => {
          if (batches++ % 100 === 0) peak = Math.max(peak, heldMB() - before);
        });
        await importLines(vault, timelineLines(count));
        return peak;
      };
      await peakOf(1000);
      for (const count of [62_500, 250_000, 1_000_000]) {
        console.log(`timeline of ${count} entries: ${(await peakOf(count)).toFixed(1)} MB while it is written`);
      }
    },
  );
});

/** Calls `onEntries` with the number of entries of each write to the vault. */
function watchTimeline(vault: Vault, onEntries: (count: number) => void): void {
  const create = vault.create.bind(vault);
  vault.create = async () => {
    const writer = await create();
    const addTimeline = writer.addTimeline.bind(writer);
    writer.addTimeline = (entries) => {
      onEntries(entries.length);
      return addTimeline(entries);
    };
    return writer;
  };
}
