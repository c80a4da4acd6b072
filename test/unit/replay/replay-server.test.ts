import { describe, expect, it } from 'vitest';
import { CasementError } from '../../../src-main/contract/errors';
import type { StoredSession } from '../../../src-main/contract/session';
import type { StoredSegment } from '../../../src-main/node/vault/vault';
import { ReplayServer, type ReplayVault } from '../../../src-main/worker/jobs/replay/replay';
import { FakePort, settled } from '../../helpers/fake-port';

const startedAt = 1_000_000;

function segment(windowId: string, file: string, fromMs: number, toMs: number, events: number): StoredSegment {
  return { windowId, file, startMs: startedAt + fromMs, endMs: startedAt + toMs, events, bytes: 2, keyframe: 0 };
}

function sessionOf(segments: readonly StoredSegment[]): StoredSession {
  const durationMs = Math.max(...segments.map(({ endMs }) => endMs)) - startedAt;
  return { id: 's-1', facts: { startedAt, durationMs } } as unknown as StoredSession;
}

/** A vault with one session. Tests can change its segments and delay reads. */
class FakeVault implements ReplayVault {
  held: Promise<void> | undefined;
  readonly gone = new Set<string>();

  constructor(public stored: StoredSegment[]) {}

  get(): Promise<StoredSession> {
    return Promise.resolve(sessionOf(this.stored));
  }

  segments(): Promise<StoredSegment[]> {
    return Promise.resolve(this.stored);
  }

  async readSegment(_id: string, { file }: StoredSegment): Promise<Uint8Array<ArrayBuffer>> {
    await this.held;
    if (this.gone.has(file)) throw new CasementError('vault-damaged');
    return new TextEncoder().encode(file);
  }

  async *timelineParts(): AsyncGenerator<[]> {
    yield await Promise.resolve<[]>([]);
  }
}

async function serve(
  vault: FakeVault,
  windowId: string | null,
): Promise<{ server: ReplayServer; port: FakePort; shown: string }> {
  const server = new ReplayServer(() => vault);
  const port = new FakePort();
  const shown = await server.serve(sessionOf(vault.stored), windowId, port as never);
  await settled();
  return { server, port, shown };
}

const twoTabs = (): StoredSegment[] => [
  segment('a', 'a-1', 0, 900, 10),
  segment('b', 'b-1', 100, 500, 60),
  segment('b', 'b-2', 500, 900, 5),
];

describe('ReplayServer', () => {
  it('shows the busiest window unless another is requested', async () => {
    expect((await serve(new FakeVault(twoTabs()), null)).shown).toBe('b');
    expect((await serve(new FakeVault(twoTabs()), 'a')).shown).toBe('a');
    expect((await serve(new FakeVault(twoTabs()), 'unknown')).shown).toBe('b');
  });

  it('sends requested segments of that window only', async () => {
    const { port } = await serve(new FakeVault(twoTabs()), 'b');
    expect(port.lastIndex()?.segments).toHaveLength(2);
    port.emit('message', { kind: 'segment', index: 1 });
    await settled();
    expect(port.texts()).toEqual(['b-2']);
    for (const request of [{ kind: 'segment', index: 2 }, { kind: 'segment' }, { kind: 'else', index: 0 }, null]) {
      port.emit('message', request);
    }
    await settled();
    expect(port.got.filter(({ kind }) => kind === 'failed')).toHaveLength(4);
    expect(port.texts()).toEqual(['b-2']);
  });

  it('notifies an open replay when its session has grown', async () => {
    const vault = new FakeVault(twoTabs());
    const { server, port } = await serve(vault, 'b');
    vault.stored = [...twoTabs().slice(0, 2), segment('b', '2-0', 500, 1700, 40), segment('b', '2-1', 1700, 2500, 9)];
    await server.refresh('another');
    expect(port.lastIndex()?.segments).toHaveLength(2);
    await server.refresh('s-1');
    await settled();
    expect(port.lastIndex()?.segments).toHaveLength(3);
    expect(port.lastIndex()?.durationMs).toBe(2500);
    port.emit('message', { kind: 'segment', index: 1 });
    await settled();
    expect(port.texts()).toEqual(['2-0']);
  });

  it('sends segments of the newest index, even if the session grew during the read', async () => {
    const vault = new FakeVault(twoTabs());
    const { server, port } = await serve(vault, 'b');
    let go = (): void => undefined;
    vault.held = new Promise((resolve) => (go = resolve));
    port.emit('message', { kind: 'segment', index: 1 });
    vault.stored = [...twoTabs().slice(0, 2), segment('b', '2-0', 500, 1700, 40)];
    // The files of the previous generation are deleted once the new one exists.
    vault.gone.add('b-2');
    await server.refresh('s-1');
    go();
    await settled();
    expect(port.texts()).toEqual(['2-0']);
    expect(port.got.some(({ kind }) => kind === 'failed')).toBe(false);
  });

  it('reports a damaged segment, and forgets a closed frame', async () => {
    const vault = new FakeVault(twoTabs());
    const { server, port } = await serve(vault, 'b');
    vault.gone.add('b-1');
    port.emit('message', { kind: 'segment', index: 0 });
    await settled();
    expect(port.got.at(-1)).toEqual({ kind: 'failed', code: 'vault-damaged', index: 0 });
    port.emit('close');
    const before = port.got.length;
    await server.refresh('s-1');
    await settled();
    expect(port.got).toHaveLength(before);
  });
});
