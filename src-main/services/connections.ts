import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { ConnectionId } from '../contract/ids';
import type { CheckedInput, RequestOutput } from '../contract/ipc';
import type { Connection } from '../contract/session';
import { ConnectionKind, ConnectionPlace, KeyVerdict } from '../contract/source';
import type { OpenOptions, OpenRecording } from '../core/sources/source';
import type { Keys } from './keys';
import type { JsonStore, OpenSource, RandomId, SourceFactory } from './ports';

/** A connection as it is kept on the disk: everything but the key. */
export const StoredConnection = v.strictObject({
  id: ConnectionId,
  kind: ConnectionKind,
  name: v.string(),
  origin: v.string(),
  /** The one CA that this connection trusts; without it the system's. */
  caPem: v.optional(v.string()),
  place: v.optional(ConnectionPlace, {}),
  verdict: v.optional(KeyVerdict),
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
  private readonly opened = new Map<string, OpenSource>();
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
  async add(input: CheckedInput<'connection.add'>): Promise<Connection> {
    const { checkOrigin, checkCa, randomId } = this.ports;
    const stored: StoredConnection = {
      id: v.parse(ConnectionId, randomId('c')),
      kind: input.kind,
      name: input.name,
      origin: checkOrigin(input.origin),
      place: entered(input.place),
      ...(input.caPem.trim() && { caPem: checkCa(input.caPem) }),
    };
    const verdict = await this.saveVerifiedKey(stored, input.key, input.allowKeyForThisRun);
    try {
      await this.change((all) => [...all, { ...stored, verdict }]);
    } catch (error) {
      await this.ports.keys.remove(account(stored.id));
      throw error;
    }
    return this.describe({ ...stored, verdict });
  }

  async renewKey({ id, key, allowKeyForThisRun }: CheckedInput<'connection.renew-key'>): Promise<Connection> {
    const verdict = await this.saveVerifiedKey(await this.find(id), key, allowKeyForThisRun);
    return this.setVerdict(id, verdict);
  }

  /** Tries the key that is kept. Errors: all of a source's, key-missing. */
  async test(id: string): Promise<Connection> {
    const { source } = await this.connect(id);
    return this.setVerdict(id, report(await this.noticeRefusal(id, () => source.verify())));
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
    // A source passes over what it can't look for: all of its sessions are no answer to a question for one user.
    if (email.trim() !== '' && !source.capabilities.search.includes('email'))
      throw new CasementError('search-no-email');
    const page = await this.noticeRefusal(id, () => source.search({ email: email.trim() }, cursor, signal));
    for (const session of page.sessions) this.users.set(`${id}/${session.remoteId}`, session.user);
    const { sessions, isTruncated } = page;
    return { sessions, isTruncated, ...(page.cursor !== undefined && { cursor: page.cursor }) };
  }

  /** What to call a session of this source: after its user where a search has told. */
  titleOf(id: string, remoteId: string): string {
    return this.users.get(`${id}/${remoteId}`) || remoteId;
  }

  /** A recording as the platform hands it out. Errors: those of the source. */
  async open(id: string, remoteId: string, options: OpenOptions): Promise<OpenRecording> {
    const { source } = await this.connect(id);
    const { parts, facts } = source.open(remoteId, options);
    return { parts: this.watch(id, parts), facts };
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
    await Promise.all([...this.opened.keys()].map((id) => this.disconnect(id)));
  }

  private async *watch<T>(id: string, parts: AsyncIterable<T>): AsyncGenerator<T> {
    const iterator = parts[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.noticeRefusal(id, () => iterator.next());
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }

  private async setVerdict(id: string, verdict: KeyVerdict): Promise<Connection> {
    await this.change((all) => all.map((stored) => (stored.id === id ? { ...stored, verdict } : stored)));
    return this.describe(await this.find(id));
  }

  private change(step: (all: StoredConnection[]) => StoredConnection[]): Promise<void> {
    const { store } = this.ports;
    const next = this.lastChange.then(async () => store.write(step(await store.read())));
    this.lastChange = next.catch(() => undefined);
    return next;
  }

  private async saveVerifiedKey(stored: StoredConnection, key: string, allowForThisRun: boolean): Promise<KeyVerdict> {
    const { keys, openSource } = this.ports;
    const trial = openSource({ ...stored, caPem: stored.caPem, key: async () => key });
    const verdict = report(await trial.source.verify().finally(() => trial.close()));
    await keys.save(account(stored.id), key, allowForThisRun);
    await this.disconnect(stored.id);
    this.refused.delete(stored.id);
    return verdict;
  }

  private async connect(id: string): Promise<OpenSource> {
    const { keys, openSource } = this.ports;
    const stored = await this.find(id);
    if ((await keys.read(account(id))) === undefined) throw new CasementError('key-missing');
    const known = this.opened.get(id);
    if (known) return known;
    const opened = openSource({ ...stored, caPem: stored.caPem, key: () => keys.read(account(id)) });
    this.opened.set(id, opened);
    return opened;
  }

  private async disconnect(id: string): Promise<void> {
    const opened = this.opened.get(id);
    this.opened.delete(id);
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

  private async describe({ id, kind, name, origin, place, verdict }: StoredConnection): Promise<Connection> {
    const key = this.refused.has(id) ? 'refused' : await this.ports.keys.find(account(id));
    return { id, kind, name, origin, place, key, ...(verdict && { verdict }) };
  }
}

/** What is left of a source's verdict for the user; it may carry more for the connection. */
function report({ holder, scopes, overPrivileged, notice }: KeyVerdict): KeyVerdict {
  return { holder, scopes, overPrivileged, ...(notice !== undefined && { notice }) };
}

/** A field that was left empty was not entered. */
function entered(place: ConnectionPlace): ConnectionPlace {
  return Object.fromEntries(Object.entries(place).filter(([, text]) => text !== ''));
}

function account(id: string): string {
  return `connection/${id}`;
}
