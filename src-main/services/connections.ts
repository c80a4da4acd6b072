import * as v from 'valibot';
import { CasementError, hasCode } from '../contract/errors';
import { ConnectionId } from '../contract/ids';
import type { CheckedInput, RequestOutput } from '../contract/ipc';
import type { Connection } from '../contract/session';
import { Mutex } from '../contract/shared/mutex';
import {
  ConnectionKind,
  ConnectionPlace,
  KeyVerdict,
  platformForms,
  type RecognizedText,
  type SourceCapabilities,
} from '../contract/source';
import { platforms } from '../core/sources/platforms';
import { recognizeText } from '../core/sources/recognize';
import type {
  KeyVerdict as SourceVerdict,
  OpenOptions,
  OpenRecording,
  OpenSource,
  SessionQuery,
  SourceFactory,
} from '../core/sources/source';
import type { Keys } from './keys';
import type { JsonStore, MakeId } from './ports';

/** A connection as stored on the disk, without its key. */
export const StoredConnection = v.strictObject({
  id: ConnectionId,
  kind: ConnectionKind,
  name: v.string(),
  origin: v.string(),
  /** The only CA that this connection trusts; the system's if absent. */
  caPem: v.optional(v.string()),
  /** The public keys that the server may have, in addition to the check by the CA; any if absent. */
  pins: v.optional(v.array(v.string())),
  place: v.optional(ConnectionPlace, {}),
  verdict: v.optional(KeyVerdict),
  /** The platform account that the key belongs to, if links need it. */
  account: v.optional(v.string()),
  /** The connection was created without a key. */
  hasNoKey: v.optional(v.literal(true)),
  lastUsedAt: v.optional(v.number()),
});
export type StoredConnection = v.InferOutput<typeof StoredConnection>;

/** The minimum interval between two updates of `lastUsedAt`, ms. */
const useStepMs = 60_000;

interface Ports {
  keys: Keys;
  store: JsonStore<StoredConnection[]>;
  openSource: SourceFactory;
  makeId: MakeId;
  now: () => number;
  /** Check and normalise the user's input. Throws connection-address, connection-ca, connection-pin. */
  checkOrigin: (text: string) => string;
  checkCa: (pem: string) => string;
  checkPins: (text: string) => string[];
}

/** The user's connections to recording platforms. */
export class Connections {
  private readonly opened = new Map<string, OpenSource>();
  private readonly refused = new Set<string>();
  /** Changes run one after another, so none is lost. */
  private readonly changes = new Mutex();
  /** The users of sessions, from the last searches. */
  private readonly users = new Map<string, string>();
  /** The last update of `lastUsedAt` of each connection, ms since 1970. */
  private readonly used = new Map<string, number>();
  /** The pages where the keys of removed connections are revoked. */
  private readonly removedKeyPages = new Map<string, string>();

  constructor(private readonly ports: Ports) {}

  async list(): Promise<Connection[]> {
    return Promise.all((await this.ports.store.read()).map((stored) => this.describe(stored)));
  }

  /** Verifies the key with the server before anything is stored. Throws the errors of the source, connection-*, keychain-*. */
  async add(input: CheckedInput<'connection.add'>): Promise<Connection> {
    const { checkOrigin, checkCa, checkPins, makeId } = this.ports;
    const stored: StoredConnection = {
      id: v.parse(ConnectionId, makeId('c')),
      kind: input.kind,
      name: input.name,
      origin: checkOrigin(input.origin),
      place: entered(input.place),
      ...(input.caPem.trim() && { caPem: checkCa(input.caPem) }),
      ...(input.pins?.trim() && { pins: checkPins(input.pins) }),
      ...(input.key === '' && { hasNoKey: true as const }),
    };
    if (stored.hasNoKey && !mayHaveNoKey(input.kind)) throw new CasementError('key-missing');
    const verified = await this.saveVerifiedKey(stored, input.key, input.allowKeyForThisRun);
    try {
      await this.change((all) => [...all, { ...stored, ...verified }]);
    } catch (error) {
      await this.ports.keys.remove(account(stored.id));
      throw error;
    }
    return this.describe({ ...stored, ...verified });
  }

  async renewKey({ id, key, allowKeyForThisRun }: CheckedInput<'connection.renew-key'>): Promise<Connection> {
    const verified = await this.saveVerifiedKey(await this.find(id), key, allowKeyForThisRun);
    return this.setVerified(id, { ...verified, hasNoKey: undefined });
  }

  /** Verifies the stored key again. Throws key-missing, and the errors of the source. */
  async test(id: string): Promise<Connection> {
    const { source } = await this.connect(id);
    return this.setVerified(id, this.report(await this.noticeRefusal(id, () => source.verify())));
  }

  async remove(id: string): Promise<void> {
    const stored = (await this.ports.store.read()).find((candidate) => candidate.id === id);
    const keyPage = stored && keyPageOf(stored);
    if (keyPage !== undefined) this.removedKeyPages.set(id, keyPage);
    await this.disconnect(id);
    // The key goes first: a connection without its key can be removed again, but a key without its connection could never be removed.
    await this.ports.keys.remove(account(id));
    await this.change((all) => all.filter((stored) => stored.id !== id));
  }

  async search(
    id: string,
    query: SessionQuery,
    cursor: string | undefined,
    signal?: AbortSignal,
  ): Promise<RequestOutput<'connection.search'>> {
    const { source } = await this.connect(id);
    // A source ignores fields that it can't search for; all of its sessions would be a wrong result.
    const asked = entered(query);
    const unknown = Object.keys(asked).find((field) => !source.capabilities.search.some((known) => known === field));
    if (unknown === 'email') throw new CasementError('search-no-email');
    if (unknown !== undefined) throw new CasementError('search-unknown');
    const page = await this.noticeRefusal(id, () => source.search(asked, cursor, signal));
    for (const session of page.sessions) this.users.set(`${id}/${session.remoteId}`, session.user);
    const { sessions, isTruncated } = page;
    return { sessions, isTruncated, ...(page.cursor !== undefined && { cursor: page.cursor }) };
  }

  /** Determines what a text means, first to the source that it was entered in, then to the others. */
  async recognize(id: string, text: string): Promise<RecognizedText> {
    const all = await this.ports.store.read();
    const ordered = [...all.filter((stored) => stored.id === id), ...all.filter((stored) => stored.id !== id)];
    const sources = ordered.map((stored) => ({ ...stored, source: this.sourceOf(stored).source }));
    return recognizeText(text, sources, platforms);
  }

  /** Returns the page where a connection's key is revoked, also for one that was removed in this run. Throws link-unknown. */
  async keyPage(id: string): Promise<string> {
    const stored = (await this.ports.store.read()).find((candidate) => candidate.id === id);
    const page = stored ? keyPageOf(stored) : this.removedKeyPages.get(id);
    if (page === undefined) throw new CasementError('link-unknown');
    return page;
  }

  /** Returns the title of a session: its user if a search has returned one, else its id. */
  titleOf(id: string, remoteId: string): string {
    return this.users.get(`${id}/${remoteId}`) || remoteId;
  }

  /** Opens a recording on the platform. Throws the errors of the source. */
  async open(id: string, remoteId: string, options: OpenOptions): Promise<OpenRecording> {
    const { source } = await this.connect(id);
    const { parts, facts } = source.open(remoteId, options);
    return { parts: this.watch(id, parts), facts };
  }

  /** Returns the capabilities of the platform. Throws connection-unknown. */
  async capabilities(id: string): Promise<SourceCapabilities> {
    return this.sourceOf(await this.find(id)).source.capabilities;
  }

  /** Returns the address at which the platform's own player shows a session. Throws connection-unknown, link-unknown. */
  async deepLink(id: string, remoteId: string, atMs: number): Promise<string> {
    const link = this.sourceOf(await this.find(id)).source.deepLink(remoteId, atMs);
    if (link === undefined) throw new CasementError('link-unknown');
    return link;
  }

  async find(id: string): Promise<StoredConnection> {
    const stored = (await this.ports.store.read()).find((candidate) => candidate.id === id);
    if (!stored) throw new CasementError('connection-unknown');
    return stored;
  }

  /** Sets a new address and CA of the same server: the demo server may start on another port and with another CA. */
  async move(id: string, place: { origin: string; caPem: string }): Promise<void> {
    await this.disconnect(id);
    await this.changeOne(id, place);
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

  private async setVerified(id: string, verified: Verified): Promise<Connection> {
    await this.changeOne(id, verified);
    return this.describe(await this.find(id));
  }

  private changeOne(id: string, change: Partial<StoredConnection>): Promise<void> {
    return this.change((all) => all.map((stored) => (stored.id === id ? { ...stored, ...change } : stored)));
  }

  private change(step: (all: StoredConnection[]) => StoredConnection[]): Promise<void> {
    const { store } = this.ports;
    return this.changes.run(async () => store.write(step(await store.read())));
  }

  private async saveVerifiedKey(stored: StoredConnection, key: string, allowForThisRun: boolean): Promise<Verified> {
    const { keys, openSource } = this.ports;
    const trial = openSource({ ...targetOf(stored), key: async () => key });
    const verified = this.report(await trial.source.verify().finally(() => trial.close()));
    if (key !== '') await keys.save(account(stored.id), key, allowForThisRun);
    await this.disconnect(stored.id);
    this.refused.delete(stored.id);
    return verified;
  }

  private async connect(id: string): Promise<OpenSource> {
    const stored = await this.find(id);
    if ((await this.readKey(stored)) === undefined) throw new CasementError('key-missing');
    return this.sourceOf(stored);
  }

  private sourceOf(stored: StoredConnection): OpenSource {
    const known = this.opened.get(stored.id);
    if (known) return known;
    const opened = this.ports.openSource({ ...targetOf(stored), key: () => this.readKey(stored) });
    this.opened.set(stored.id, opened);
    return opened;
  }

  private async readKey({ id, hasNoKey }: StoredConnection): Promise<string | undefined> {
    return hasNoKey ? '' : this.ports.keys.read(account(id));
  }

  private async disconnect(id: string): Promise<void> {
    const opened = this.opened.get(id);
    this.opened.delete(id);
    await opened?.close();
  }

  /** Marks a key that the server refuses, so that the shell can offer to renew it. */
  private async noticeRefusal<T>(id: string, ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      this.refused.delete(id);
      await this.noteUse(id);
      return answer;
    } catch (error) {
      if (hasCode(error, 'key-refused')) this.refused.add(id);
      throw error;
    }
  }

  /** Stored at most once a minute: a pull sends thousands of requests. */
  private async noteUse(id: string): Promise<void> {
    const now = this.ports.now();
    if (now - (this.used.get(id) ?? -Infinity) < useStepMs) return;
    this.used.set(id, now);
    // A failure to store it must not fail the request.
    await this.changeOne(id, { lastUsedAt: now }).catch(() => undefined);
  }

  private report({ account, ...verdict }: SourceVerdict): Verified {
    return { verdict, lastUsedAt: this.ports.now(), ...(account !== undefined && { account }) };
  }

  private async describe(stored: StoredConnection): Promise<Connection> {
    const { id, kind, name, origin, place, verdict, lastUsedAt } = stored;
    const kept = stored.hasNoKey ? 'none' : await this.ports.keys.find(account(id));
    return {
      id,
      kind,
      name,
      origin,
      place,
      key: this.refused.has(id) ? 'refused' : kept,
      capabilities: this.sourceOf(stored).source.capabilities,
      ...(verdict && { verdict }),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
    };
  }
}

/** The result of verifying a key, as stored with its connection. */
type Verified = Pick<StoredConnection, 'verdict' | 'account' | 'lastUsedAt'> & { hasNoKey?: undefined };

const mayHaveNoKey = (kind: ConnectionKind): boolean => kind !== 'demo' && platformForms[kind].isKeyOptional === true;

const keyPageOf = ({ kind, origin, place }: StoredConnection): string | undefined =>
  kind === 'demo' ? undefined : platformForms[kind].keyPage?.(origin, place);

function targetOf({
  kind,
  origin,
  place,
  account,
  caPem,
  pins,
}: StoredConnection): Omit<Parameters<SourceFactory>[0], 'key'> {
  return { kind, origin, place, account, caPem, pins };
}

/** Removes fields that the user left empty. */
function entered<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined)) as T;
}

function account(id: string): string {
  return `connection/${id}`;
}
