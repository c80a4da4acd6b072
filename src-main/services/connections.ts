import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { ConnectionId } from '../contract/ids';
import type { CheckedInput, RequestOutput } from '../contract/ipc';
import { Connection } from '../contract/session';
import type { Keys } from './keys';
import type { JsonStore, OpenSource, RandomId, SourceFactory } from './ports';

/** A connection as it is kept on the disk: everything but the key. */
export const StoredConnection = v.strictObject({
  id: ConnectionId,
  kind: Connection.entries.kind,
  name: v.string(),
  origin: v.string(),
  /** The one CA that this connection trusts; without it the system's. */
  caPem: v.optional(v.string()),
});
export type StoredConnection = v.InferOutput<typeof StoredConnection>;

interface Ports {
  keys: Keys;
  store: JsonStore<StoredConnection[]>;
  openSource: SourceFactory;
  randomId: RandomId;
  /** Checks and normalises what the user typed. Errors: connection-address, connection-ca. */
  checkOrigin: (text: string) => string;
  checkCa: (pem: string) => string;
}

/** The user's connections: made, verified, asked, taken away. */
export class Connections {
  private readonly open = new Map<string, OpenSource>();
  private readonly refused = new Set<string>();
  /** Changes come one after the other, so none gets lost. */
  private lastChange: Promise<unknown> = Promise.resolve();
  /** Whose session it is, as the last searches listed it. */
  private readonly users = new Map<string, string>();

  constructor(private readonly ports: Ports) {}

  async list(): Promise<Connection[]> {
    return Promise.all((await this.ports.store.read()).map((stored) => this.describe(stored)));
  }

  /** Verifies the key against the server before anything is kept. Errors: all of a source's, connection-*, keychain-*. */
  async add(input: CheckedInput<'connection.add'>, kind: Connection['kind'] = 'server'): Promise<Connection> {
    const { checkOrigin, checkCa, randomId } = this.ports;
    const stored: StoredConnection = {
      id: v.parse(ConnectionId, randomId('c')),
      kind,
      name: input.name,
      origin: checkOrigin(input.origin),
      ...(input.caPem.trim() && { caPem: checkCa(input.caPem) }),
    };
    await this.saveVerifiedKey(stored, input.key, input.allowKeyForThisRun);
    try {
      await this.change((all) => [...all, stored]);
    } catch (error) {
      await this.ports.keys.remove(account(stored.id));
      throw error;
    }
    return this.describe(stored);
  }

  async renewKey({ id, key, allowKeyForThisRun }: CheckedInput<'connection.renew-key'>): Promise<Connection> {
    const stored = await this.find(id);
    await this.saveVerifiedKey(stored, key, allowKeyForThisRun);
    return this.describe(stored);
  }

  async remove(id: string): Promise<void> {
    await this.disconnect(id);
    // The key first: a connection without its key can be removed again, a key without its connection is forgotten for ever.
    await this.ports.keys.remove(account(id));
    await this.change((all) => all.filter((stored) => stored.id !== id));
  }

  async search(
    id: string,
    email: string,
    cursor: string | undefined,
    signal?: AbortSignal,
  ): Promise<RequestOutput<'connection.search'>> {
    const { source } = await this.connect(id);
    const page = await this.noticeRefusal(id, () => source.search({ email: email.trim() }, cursor, signal));
    for (const session of page.sessions) this.users.set(`${id}/${session.remoteId}`, session.user);
    return { sessions: page.sessions, ...(page.cursor !== undefined && { cursor: page.cursor }) };
  }

  /** What to call a session of this source: after its user where a search has told. */
  titleOf(id: string, remoteId: string): string {
    return this.users.get(`${id}/${remoteId}`) ?? remoteId;
  }

  /** The bytes of a recording, as the server sends them. */
  async *download(id: string, remoteId: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { source } = await this.connect(id);
    const parts = source.open(remoteId, { signal }).parts[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.noticeRefusal(id, () => parts.next());
        if (next.done) return;
        yield next.value.bytes;
      }
    } finally {
      await parts.return?.();
    }
  }

  async find(id: string): Promise<StoredConnection> {
    const stored = (await this.ports.store.read()).find((candidate) => candidate.id === id);
    if (!stored) throw new CasementError('connection-unknown');
    return stored;
  }

  /** The same server elsewhere, as our own demo's may come up at another port and with another CA. */
  async move(id: string, place: { origin: string; caPem: string }): Promise<void> {
    await this.disconnect(id);
    await this.change((all) => all.map((stored) => (stored.id === id ? { ...stored, ...place } : stored)));
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.keys()].map((id) => this.disconnect(id)));
  }

  private change(step: (all: StoredConnection[]) => StoredConnection[]): Promise<void> {
    const { store } = this.ports;
    const next = this.lastChange.then(async () => store.write(step(await store.read())));
    this.lastChange = next.catch(() => undefined);
    return next;
  }

  private async saveVerifiedKey(stored: StoredConnection, key: string, allowForThisRun: boolean): Promise<void> {
    const { keys, openSource } = this.ports;
    const trial = openSource({ origin: stored.origin, caPem: stored.caPem, key: async () => key });
    try {
      await trial.source.verify();
    } finally {
      await trial.close();
    }
    await keys.save(account(stored.id), key, allowForThisRun);
    await this.disconnect(stored.id);
    this.refused.delete(stored.id);
  }

  private async connect(id: string): Promise<OpenSource> {
    const { keys, openSource } = this.ports;
    const stored = await this.find(id);
    if ((await keys.read(account(id))) === undefined) throw new CasementError('key-missing');
    const known = this.open.get(id);
    if (known) return known;
    const opened = openSource({
      origin: stored.origin,
      caPem: stored.caPem,
      key: () => keys.read(account(id)),
    });
    this.open.set(id, opened);
    return opened;
  }

  private async disconnect(id: string): Promise<void> {
    const opened = this.open.get(id);
    this.open.delete(id);
    await opened?.close();
  }

  /** A key that the server no longer takes is marked, so that the window can offer to renew it. */
  private async noticeRefusal<T>(id: string, ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      this.refused.delete(id);
      return answer;
    } catch (error) {
      if (error instanceof CasementError && error.code === 'key-refused') this.refused.add(id);
      throw error;
    }
  }

  private async describe({ id, kind, name, origin }: StoredConnection): Promise<Connection> {
    const key = this.refused.has(id) ? 'refused' : await this.ports.keys.find(account(id));
    return { id, kind, name, origin, key };
  }
}

function account(id: string): string {
  return `connection/${id}`;
}
