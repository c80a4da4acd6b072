import { describe, expect, it } from 'vitest';
import { KeyedMutex, Mutex } from '../../../src-main/contract/shared/mutex';

/** A step that ends when it is released. It logs its start and its end. */
function controlledStep(log: string[], name: string): { step: () => Promise<string>; release: () => void } {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const step = async (): Promise<string> => {
    log.push(`${name} starts`);
    await released;
    log.push(`${name} ends`);
    return name;
  };
  return { step, release };
}

/** Lets the callbacks of all settled promises run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Mutex', () => {
  it('starts a step when the one before it has ended', async () => {
    const mutex = new Mutex();
    const log: string[] = [];
    const first = controlledStep(log, 'first');
    const second = controlledStep(log, 'second');
    const results = [mutex.run(first.step), mutex.run(second.step)];
    second.release();
    await settle();
    expect(log).toEqual(['first starts']);
    first.release();
    expect(await Promise.all(results)).toEqual(['first', 'second']);
    expect(log).toEqual(['first starts', 'first ends', 'second starts', 'second ends']);
  });

  it('passes the error to the caller and runs the next step', async () => {
    const mutex = new Mutex();
    const failed = mutex.run(() => Promise.reject(new Error('first')));
    const thrown = mutex.run(() => {
      throw new Error('second');
    });
    const next = mutex.run(() => 'third');
    await expect(failed).rejects.toThrow('first');
    await expect(thrown).rejects.toThrow('second');
    expect(await next).toBe('third');
  });

  it('is idle when every requested step has settled', async () => {
    const mutex = new Mutex();
    const log: string[] = [];
    const { step, release } = controlledStep(log, 'only');
    const result = mutex.run(step);
    const idle = mutex.idle().then(() => log.push('idle'));
    await settle();
    expect(log).toEqual(['only starts']);
    release();
    await Promise.all([result, idle]);
    expect(log).toEqual(['only starts', 'only ends', 'idle']);
  });
});

describe('KeyedMutex', () => {
  it('runs steps with the same key one after another and steps with different keys side by side', async () => {
    const mutex = new KeyedMutex();
    const log: string[] = [];
    const steps = ['a1', 'a2', 'b1'].map((name) => controlledStep(log, name));
    const results = steps.map(({ step }, index) => mutex.run(index < 2 ? 'a' : 'b', step));
    await settle();
    expect(log).toEqual(['a1 starts', 'b1 starts']);
    for (const { release } of steps) release();
    expect(await Promise.all(results)).toEqual(['a1', 'a2', 'b1']);
    expect(log.indexOf('a2 starts')).toBeGreaterThan(log.indexOf('a1 ends'));
  });

  it('keeps no entry for a key whose steps have ended, also after a failure', async () => {
    const mutex = new KeyedMutex();
    const failed = mutex.run('a', () => Promise.reject(new Error('failed')));
    const next = mutex.run('a', () => 1);
    expect(mutex.size).toBe(1);
    await expect(failed).rejects.toThrow('failed');
    expect(await next).toBe(1);
    expect(mutex.size).toBe(0);
  });
});
