import { describe, expect, it } from 'vitest';
import { WriteQueue } from '../../../src-main/node/vault/write-queue';

/** Returns a write that stays pending until `end` is called. */
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

describe('WriteQueue', () => {
  it('runs two writes at a time and queues more', async () => {
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

  it('limits the number of pending writes', async () => {
    const queue = new WriteQueue();
    const writes = heldWrites();
    let added = 0;
    const filling = (async () => {
      for (; added < 40; added++) await queue.add(writes.write);
    })();
    await turn();
    const before = added;
    expect(before).toBeLessThan(20);
    writes.end();
    await turn();
    expect(added).toBe(before + 1);
    while (added < 40) {
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

  it('throws the first error in the next call, and starts no more writes', async () => {
    const queue = new WriteQueue();
    let started = 0;
    const fail = (): Promise<void> => Promise.reject(new Error(`failure ${++started}`));
    await queue.add(fail);
    await turn();
    await expect(queue.add(fail)).rejects.toThrow('failure 1');
    await queue.settle();
    await expect(queue.drain()).rejects.toThrow('failure 1');
    expect(started).toBe(1);
  });
});
