import { describe, expect, it } from 'vitest';
import { WriteQueue } from '../../../src-main/node/vault/write-queue';

/** Writes that end when they are told to. */
function heldWrites(): { write: () => Promise<void>; end: () => void; running: () => number; ended: () => number } {
  const waiting: (() => void)[] = [];
  let ended = 0;
  return {
    write: () =>
      new Promise<void>((resolve) =>
        waiting.push(() => {
          ended++;
          resolve();
        }),
      ),
    end: () => waiting.shift()?.(),
    running: () => waiting.length,
    ended: () => ended,
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('writes that wait for the disk', () => {
  it('are made two at a time, and more are taken while these last', async () => {
    const queue = new WriteQueue();
    const writes = heldWrites();
    for (let count = 0; count < 10; count++) await queue.add(writes.write);
    expect(writes.running()).toBe(2);
    let isDrained = false;
    const drained = queue.drain().then(() => (isDrained = true));
    for (let count = 0; count < 10; count++) {
      expect(isDrained).toBe(false);
      writes.end();
      await turn();
    }
    await drained;
    expect(writes.ended()).toBe(10);
  });

  it('are not taken without end', async () => {
    const queue = new WriteQueue();
    const writes = heldWrites();
    let taken = 0;
    const filling = (async () => {
      for (; taken < 40; taken++) await queue.add(writes.write);
    })();
    await turn();
    const before = taken;
    expect(before).toBeLessThan(20);
    writes.end();
    await turn();
    expect(taken).toBe(before + 1);
    while (taken < 40) {
      writes.end();
      await turn();
    }
    await filling;
    const settled = queue.settle();
    while (writes.ended() < 40) {
      writes.end();
      await turn();
    }
    await settled;
  });

  it('tell of the first that failed, once and to who comes next, and none is begun after it', async () => {
    const queue = new WriteQueue();
    let begun = 0;
    const fail = (): Promise<void> => Promise.reject(new Error(`failure ${++begun}`));
    await queue.add(fail);
    await turn();
    await expect(queue.add(fail)).rejects.toThrow('failure 1');
    await queue.settle();
    await expect(queue.drain()).rejects.toThrow('failure 1');
    expect(begun).toBe(1);
  });
});
