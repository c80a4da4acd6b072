import { describe, expect, it } from 'vitest';
import { ByteSender } from '../../../src-main/services/byte-sender';

const half = 256 * 1024;

describe('bytes on their way to the worker', () => {
  it('arrive whole and in their order, in few messages', async () => {
    const messages: Uint8Array[] = [];
    const sender = new ByteSender(async (bytes) => void messages.push(bytes));
    const pieces = Array.from({ length: 100 }, (_, index) => new Uint8Array(20_000 + index).fill(index));
    for (const piece of pieces) await sender.push(piece);
    await sender.flush();
    expect(Buffer.concat(messages)).toEqual(Buffer.concat(pieces));
    expect(messages.length).toBeLessThan(6);
  });

  it('wait for the message before the last: not more than two are ever held', async () => {
    const open: (() => void)[] = [];
    const sender = new ByteSender(() => new Promise<void>((resolve) => open.push(resolve)));
    await sender.push(new Uint8Array(2 * half));
    let isTaken = false;
    const second = sender.push(new Uint8Array(2 * half)).then(() => (isTaken = true));
    await Promise.resolve();
    expect([open.length, isTaken]).toEqual([1, false]);
    open[0]?.();
    await second;
    expect(open).toHaveLength(2);
  });

  it('tell of a failed message with the next push, and with the flush', async () => {
    const failing = (): Promise<void> => Promise.reject(new Error('gone'));
    const pushed = new ByteSender(failing);
    await pushed.push(new Uint8Array(2 * half));
    await expect(pushed.push(new Uint8Array(2 * half))).rejects.toThrow('gone');
    const flushed = new ByteSender(failing);
    await flushed.push(new Uint8Array(1));
    await expect(flushed.flush()).rejects.toThrow('gone');
  });

  it('send nothing where nothing came', async () => {
    let count = 0;
    await new ByteSender(async () => void count++).flush();
    expect(count).toBe(0);
  });
});
