import { describe, expect, it } from 'vitest';
import { ByteSender } from '../../../src-main/services/byte-sender';

const half = 256 * 1024;

describe('bytes sent to the worker', () => {
  it('arrive complete and in order, in few messages', async () => {
    const messages: Uint8Array[] = [];
    const sender = new ByteSender(async (bytes) => void messages.push(bytes));
    const pieces = Array.from({ length: 100 }, (_, index) => new Uint8Array(20_000 + index).fill(index));
    for (const piece of pieces) await sender.push(piece);
    await sender.flush();
    expect(Buffer.concat(messages).equals(Buffer.concat(pieces))).toBe(true);
    expect(messages.length).toBeLessThan(6);
  });

  it('are held in at most two messages: a push waits until the message before the last was received', async () => {
    const open: (() => void)[] = [];
    const sender = new ByteSender(() => new Promise<void>((resolve) => open.push(resolve)));
    await sender.push(new Uint8Array(2 * half));
    let isAccepted = false;
    const second = sender.push(new Uint8Array(2 * half)).then(() => (isAccepted = true));
    await Promise.resolve();
    expect([open.length, isAccepted]).toEqual([1, false]);
    open[0]?.();
    await second;
    expect(open).toHaveLength(2);
  });

  it('report a failed message with the next push or the flush', async () => {
    const failing = (): Promise<void> => Promise.reject(new Error('gone'));
    const pushed = new ByteSender(failing);
    await pushed.push(new Uint8Array(2 * half));
    await expect(pushed.push(new Uint8Array(2 * half))).rejects.toThrow('gone');
    const flushed = new ByteSender(failing);
    await flushed.push(new Uint8Array(1));
    await expect(flushed.flush()).rejects.toThrow('gone');
  });

  it('are not sent as an empty message', async () => {
    let count = 0;
    await new ByteSender(async () => void count++).flush();
    expect(count).toBe(0);
  });
});
