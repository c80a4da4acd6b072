import { describe, expect, it } from 'vitest';
import { heartbeatLimitMs } from '../../../src-main/contract/replay-port';
import { DataPortRegistry } from '../../../src-renderer/shell/session/data-ports';
import { Heartbeat, heartbeatEveryMs } from '../../../src-renderer/shell/session/heartbeat';
import { readReport } from '../../../src-renderer/shell/session/read-report';

class FakePort {
  isClosed = false;
  close(): void {
    this.isClosed = true;
  }
}

describe('DataPortRegistry', () => {
  it('finds the port whether it or the claim arrives first', async () => {
    const registry = new DataPortRegistry<FakePort>();
    const early = new FakePort();
    registry.deliver('replay://a', early);
    await expect(registry.claim('replay://a')).resolves.toBe(early);

    const late = new FakePort();
    const claim = registry.claim('replay://b');
    registry.deliver('replay://b', late);
    await expect(claim).resolves.toBe(late);
  });

  it('returns a port once, and only to its own origin', async () => {
    const registry = new DataPortRegistry<FakePort>();
    const first = new FakePort();
    const second = new FakePort();
    registry.deliver('replay://a', first);
    await registry.claim('replay://a');
    const again = registry.claim('replay://a');
    registry.deliver('replay://b', new FakePort());
    registry.deliver('replay://a', second);
    await expect(again).resolves.toBe(second);
  });

  it('closes an unclaimed port when the next one arrives', () => {
    const registry = new DataPortRegistry<FakePort>();
    const left = new FakePort();
    registry.deliver('replay://a', left);
    registry.deliver('replay://a', new FakePort());
    expect(left.isClosed).toBe(true);
  });
});

describe('Heartbeat', () => {
  const beatsUntilDead = Math.ceil(heartbeatLimitMs / heartbeatEveryMs);

  it('keeps a frame that answers alive', () => {
    const heart = new Heartbeat(heartbeatLimitMs);
    for (let turn = 1; turn <= 50; turn += 1) {
      expect(heart.next()).toBe(turn);
      heart.answered(turn);
    }
  });

  it('reports a silent frame as dead after the limit and not before', () => {
    const heart = new Heartbeat(heartbeatLimitMs);
    expect(heart.next()).toBe(1);
    for (let turn = 1; turn < beatsUntilDead; turn += 1) expect(heart.next()).toBe('wait');
    expect(heart.next()).toBe('dead');
  });

  it('tolerates a frame that was busy for a while', () => {
    const heart = new Heartbeat(heartbeatLimitMs);
    heart.next();
    for (let turn = 1; turn < beatsUntilDead; turn += 1) heart.next();
    heart.answered(1);
    expect(heart.next()).toBe(2);
  });
});

describe('readReport', () => {
  it('accepts every report of the contract', () => {
    for (const report of [
      { kind: 'loading' },
      { kind: 'seeked', atMs: 16_000, tookMs: 61.5 },
      { kind: 'duration', durationMs: 40_000 },
      { kind: 'ready', durationMs: 33_240, width: 1280, height: 800 },
      { kind: 'time', atMs: 16_000, isPlaying: true },
      { kind: 'alive', beat: 4 },
      { kind: 'failed', code: 'vault-damaged' },
    ]) {
      expect(readReport(report)).toBe(report);
    }
  });

  it.each([
    null,
    'time',
    {},
    { kind: 'toString' },
    { kind: 'time', atMs: NaN, isPlaying: true },
    { kind: 'time', atMs: -1, isPlaying: true },
    { kind: 'time', atMs: '16', isPlaying: true },
    { kind: 'time', atMs: 16 },
    { kind: 'ready', durationMs: Infinity, width: 1, height: 1 },
    { kind: 'seeked', atMs: 5 },
    { kind: 'failed' },
  ])('refuses anything else: %j', (data) => expect(readReport(data)).toBeUndefined());
});
