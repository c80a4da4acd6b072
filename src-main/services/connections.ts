import * as v from 'valibot';
import { CasementError, hasCode } from '../contract/errors';
import { ConnectionId } from '../contract/ids';
import { GatewaySummary, type GatewayInput } from '../contract/gateway';
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
  GatewayAccess,
  KeyVerdict as SourceVerdict,
  OpenOptions,
  OpenRecording,
  OpenSource,
  SessionQuery,
  SourceFactory,
} from '../core/sources/source';
import { secretAccounts } from '../core/sources/stored-secrets';
import type { Gateways } from './gateways';
import type { Keys } from './keys';
import type { JsonStore, MakeId } from './ports';
import { grantOf, StoredSignIn, type NewSignIn, type OpenServerOf, type SignIns } from './sign-ins';

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
  /** The connection has a sign-in instead of a key. */
  signIn: v.optional(StoredSignIn),
  /** The names of what the keychain holds for a gateway in front of the server. */
  gateway: v.optional(GatewaySummary),
});
export type StoredConnection = v.InferOutput<typeof StoredConnection>;

/** The minimum interval between two updates of `lastUsedAt`, ms. */
const useStepMs = 60_000;

/** The part of a connection that reaching its authorization server needs. */
interface AuthorizationTarget extends Pick<StoredConnection, 'kind' | 'origin'> {
  caPem: string | undefined;
  pins: readonly string[] | undefined;
  gateway: GatewayAccess | undefined;
}

interface Ports {
  keys: Keys;
  store: JsonStore<StoredConnection[]>;
  openSource: SourceFactory;
  /** Opens a connection's authorization server; undefined if its platform has no sign-in. */
  openAuthorizationServer: (target: AuthorizationTarget) => ReturnType<OpenServerOf>;
  signIns: SignIns;
  gateways: Gateways;
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
  /** The numbers of recorded events of sessions, from the last searches, for sources that list them. */
  private readonly announced = new Map<string, number>();
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
    const stored = this.prepare(input);
    if (input.key === '' && !mayHaveNoKey(input.kind)) throw new CasementError('key-missing');
    if (input.key === '') stored.hasNoKey = true;
    return this.create(stored, { key: input.key }, input);
  }

  /** Signs in with the user's browser and then verifies the tokens like a key. Throws also sign-in-*, cancelled. */
  async signIn(input: CheckedInput<'connection.sign-in'>, signal: AbortSignal): Promise<Connection> {
    const stored = this.prepare(input);
    const { signIns, gateways } = this.ports;
    const gateway = input.gateway && gateways.trial(input.gateway);
    const open = this.authorizationServerOf(stored, gateway);
    const started = await signIns.start(open, stored.origin, input.clientId, signal);
    try {
      return await this.create({ ...stored, signIn: started.signIn }, started, input);
    } catch (error) {
      // Unused tokens must not stay valid.
      await signIns.revoke(started.signIn, started.tokens, open);
      throw error;
    }
  }

  /** Throws as `signIn`. The old sign-in is revoked once the new one works. */
  async signInAgain(
    { id, allowKeyForThisRun }: CheckedInput<'connection.sign-in-again'>,
    signal: AbortSignal,
  ): Promise<Connection> {
    const stored = await this.find(id);
    const { signIns } = this.ports;
    if (!stored.signIn) throw new CasementError('sign-in-none');
    const open = this.authorizationServerOf(stored, this.gatewayOf(stored));
    // The platform may have forgotten a client that Casement registered.
    const clientId = stored.signIn.isRegistered ? '' : stored.signIn.clientId;
    const started = await signIns.start(open, stored.origin, clientId, signal);
    try {
      const verified = await this.verify({ ...stored, signIn: started.signIn }, started, this.gatewayOf(stored));
      await signIns.replace(id, stored.signIn, started.tokens, open, allowKeyForThisRun);
      return await this.setVerified(id, { ...verified, signIn: started.signIn });
    } catch (error) {
      await signIns.revoke(started.signIn, started.tokens, open);
      throw error;
    }
  }

  /** A connection with a sign-in has a key afterwards. */
  async renewKey({ id, key, allowKeyForThisRun }: CheckedInput<'connection.renew-key'>): Promise<Connection> {
    const { keys, signIns } = this.ports;
    const { signIn, ...stored } = await this.find(id);
    const kept = await this.logIn(stored, key, this.gatewayOf(stored));
    const verified = await this.verify(stored, { key: kept }, this.gatewayOf(stored));
    if (kept !== '') await keys.save(secretAccounts.key(id), kept, allowKeyForThisRun);
    const renewed = await this.setVerified(id, { ...verified, hasNoKey: undefined, signIn: undefined });
    if (signIn) await signIns.remove(id, signIn, this.authorizationServerOf(stored, this.gatewayOf(stored)));
    return renewed;
  }

  /** Verifies the connection with these values before they replace the stored ones. Throws connection-certificate, the errors of the source. */
  async setGateway({ id, gateway, allowKeyForThisRun }: CheckedInput<'connection.set-gateway'>): Promise<Connection> {
    const stored = await this.find(id);
    const { gateways } = this.ports;
    const trial = isEmpty(gateway) ? undefined : gateways.trial(gateway);
    const key = await this.readKey(stored);
    if (key === undefined) throw new CasementError('key-missing');
    const verified = await this.verify(stored, { key }, trial);
    const summary = await gateways.save(id, gateway, allowKeyForThisRun);
    return this.setVerified(id, { ...verified, gateway: isEmpty(gateway) ? undefined : summary });
  }

  /** Verifies the stored key again. Throws key-missing, and the errors of the source. */
  async test(id: string): Promise<Connection> {
    const { source } = await this.connect(id);
    return this.setVerified(id, this.report(await this.noticeRefusal(id, () => source.verify())));
  }

  /** Returns whether the platform revoked a sign-in. Throws keychain-*. */
  async remove(id: string): Promise<RequestOutput<'connection.remove'>> {
    const { keys, signIns, gateways } = this.ports;
    const stored = (await this.ports.store.read()).find((candidate) => candidate.id === id);
    const keyPage = stored && keyPageOf(stored);
    if (keyPage !== undefined) this.removedKeyPages.set(id, keyPage);
    await this.disconnect(id);
    const isRevoked =
      stored?.signIn &&
      (await signIns.remove(id, stored.signIn, this.authorizationServerOf(stored, this.gatewayOf(stored))));
    const signIn = isRevoked === undefined ? 'none' : isRevoked ? 'revoked' : 'left';
    // The secrets go first: a connection without its key can be removed again, but a key without its connection could never be removed.
    await keys.remove(secretAccounts.key(id));
    await gateways.remove(id);
    await this.change((all) => all.filter((other) => other.id !== id));
    return { signIn };
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
    for (const { remoteId, user, eventCount } of page.sessions) {
      this.users.set(`${id}/${remoteId}`, user);
      if (source.listsEvents && eventCount !== undefined) this.announced.set(`${id}/${remoteId}`, eventCount);
    }
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

  /** Returns the number of recorded events that a search has listed for a session; undefined if none has. */
  announcedEvents(id: string, remoteId: string): number | undefined {
    return this.announced.get(`${id}/${remoteId}`);
  }

  /** Opens a recording on the platform. Throws the errors of the source. */
  async open(id: string, remoteId: string, options: OpenOptions): Promise<OpenRecording> {
    const { source } = await this.connect(id);
    const { parts, facts } = source.open(remoteId, options);
    return { parts: this.watch(id, parts), facts };
  }

  /** Returns the requests per hour that the platform accepts for following live sessions; undefined if there is no known limit. */
  async pollsPerHour(id: string): Promise<number | undefined> {
    return this.sourceOf(await this.find(id)).pollsPerHour?.();
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
        // An iterator that failed has ended, so it can't be asked again. The next pull has the new token.
        const next = await this.noticeRefusal(id, () => iterator.next(), false);
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }

  /** Returns a new connection with checked settings. Throws connection-*. */
  private prepare(input: SourceInput): StoredConnection {
    const { checkOrigin, checkCa, checkPins, makeId } = this.ports;
    return {
      id: v.parse(ConnectionId, makeId('c')),
      kind: input.kind,
      name: input.name,
      origin: checkOrigin(input.origin),
      place: entered(input.place),
      ...(input.caPem.trim() && { caPem: checkCa(input.caPem) }),
      ...(input.pins?.trim() && { pins: checkPins(input.pins) }),
    };
  }

  /** Verifies a new connection and stores it with its secrets. */
  private async create(stored: StoredConnection, entered: Secret, input: SourceInput): Promise<Connection> {
    const { id } = stored;
    const { keys, signIns, gateways } = this.ports;
    const { gateway, allowKeyForThisRun } = input;
    const hasGateway = gateway !== undefined && !isEmpty(gateway);
    const trial = hasGateway ? gateways.trial(gateway) : undefined;
    const secret = 'tokens' in entered ? entered : { key: await this.logIn(stored, entered.key, trial) };
    const verified = await this.verify(stored, secret, trial);
    const complete = { ...stored, ...verified };
    try {
      if ('tokens' in secret) await signIns.save(id, secret.tokens, allowKeyForThisRun);
      else if (secret.key !== '') await keys.save(secretAccounts.key(id), secret.key, allowKeyForThisRun);
      if (hasGateway) complete.gateway = await gateways.save(id, gateway, allowKeyForThisRun);
      await this.change((all) => [...all, complete]);
    } catch (error) {
      await keys.remove(secretAccounts.key(id));
      await signIns.forget(id);
      await gateways.remove(id);
      throw error;
    }
    return this.describe(complete);
  }

  private async setVerified(id: string, verified: Partial<StoredConnection>): Promise<Connection> {
    await this.disconnect(id);
    this.refused.delete(id);
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

  /** Returns the key to store for an entered one. A password is sent to its platform once, and never stored. Throws the errors of the source. */
  private async logIn(stored: StoredConnection, key: string, gateway: GatewayAccess | undefined): Promise<string> {
    const trial = this.ports.openSource({ ...targetOf(stored), key: async () => key, gateway });
    try {
      return (await trial.logIn?.()) ?? key;
    } finally {
      await trial.close();
    }
  }

  /** Asks the server with secrets that aren't stored yet. */
  private async verify(
    stored: StoredConnection,
    secret: Secret,
    gateway: GatewayAccess | undefined,
  ): Promise<Verified> {
    const key = 'tokens' in secret ? secret.tokens.accessToken : secret.key;
    const trial = this.ports.openSource({ ...targetOf(stored), key: async () => key, gateway });
    return this.report(await trial.source.verify().finally(() => trial.close()));
  }

  private async connect(id: string): Promise<OpenSource> {
    const stored = await this.find(id);
    if ((await this.readKey(stored)) === undefined) throw new CasementError('key-missing');
    return this.sourceOf(stored);
  }

  private sourceOf(stored: StoredConnection): OpenSource {
    const known = this.opened.get(stored.id);
    if (known) return known;
    const opened = this.ports.openSource({
      ...targetOf(stored),
      key: () => this.readKey(stored),
      gateway: this.gatewayOf(stored),
    });
    this.opened.set(stored.id, opened);
    return opened;
  }

  private gatewayOf({ id, gateway }: StoredConnection): GatewayAccess | undefined {
    return this.ports.gateways.stored(id, gateway);
  }

  private authorizationServerOf(stored: StoredConnection, gateway: GatewayAccess | undefined): OpenServerOf {
    const { kind, origin, caPem, pins } = stored;
    return () => this.ports.openAuthorizationServer({ kind, origin, caPem, pins, gateway });
  }

  /** `refused`: an access token that the platform has just refused. Throws key-signed-out, keychain-*. */
  private async readKey(stored: StoredConnection, refused?: string): Promise<string | undefined> {
    const { id, signIn, hasNoKey } = stored;
    if (!signIn) return hasNoKey ? '' : this.ports.keys.read(secretAccounts.key(id));
    if (signIn.isEnded) throw new CasementError('key-signed-out');
    const open = this.authorizationServerOf(stored, this.gatewayOf(stored));
    try {
      return await this.ports.signIns.accessToken(id, signIn, open, refused);
    } catch (error) {
      if (hasCode(error, 'key-signed-out')) await this.changeOne(id, { signIn: { ...signIn, isEnded: true } });
      throw error;
    }
  }

  private async disconnect(id: string): Promise<void> {
    const opened = this.opened.get(id);
    this.opened.delete(id);
    await opened?.close();
  }

  /** Marks a key that the server refuses, so that the shell can offer to renew it. An access token is renewed first, if `ask` can be repeated. */
  private async noticeRefusal<T>(id: string, ask: () => Promise<T>, isRepeatable = true): Promise<T> {
    const { signIns } = this.ports;
    const before = signIns.lastToken(id);
    try {
      const answer = await ask().catch(async (error: unknown) => {
        const refused = before ?? signIns.lastToken(id);
        const stored = hasCode(error, 'key-refused') ? await this.find(id) : undefined;
        if (!stored?.signIn || refused === undefined) throw error;
        await this.readKey(stored, refused);
        if (!isRepeatable) throw error;
        return ask();
      });
      this.refused.delete(id);
      await this.noteUse(id);
      return answer;
    } catch (error) {
      if (hasCode(error, 'key-refused', 'key-signed-out')) this.refused.add(id);
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
    const { keys, signIns } = this.ports;
    const kept = stored.signIn
      ? await signIns.find(id)
      : stored.hasNoKey
        ? 'none'
        : await keys.find(secretAccounts.key(id));
    return {
      id,
      kind,
      name,
      origin,
      place,
      key: this.refused.has(id) || stored.signIn?.isEnded ? 'refused' : kept,
      ...(stored.signIn && { isSignIn: true as const }),
      ...(stored.gateway && { gateway: stored.gateway }),
      capabilities: this.sourceOf(stored).source.capabilities,
      ...(verdict && { verdict }),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
    };
  }
}

/** The result of verifying a key, as stored with its connection. */
type Verified = Pick<StoredConnection, 'verdict' | 'account' | 'lastUsedAt'>;

/** The settings that adding a source by key and by sign-in have in common. */
type SourceInput = Omit<CheckedInput<'connection.add'>, 'key'>;

type Secret = { key: string } | NewSignIn;

const isEmpty = ({ headers, certificate }: GatewayInput): boolean => headers.length === 0 && certificate === undefined;

const mayHaveNoKey = (kind: ConnectionKind): boolean => kind !== 'demo' && platformForms[kind].isKeyOptional === true;

function keyPageOf({ kind, origin, place, signIn }: StoredConnection): string | undefined {
  if (kind === 'demo') return undefined;
  const form = platformForms[kind];
  return signIn ? form.signIn?.page?.(origin) : form.keyPage?.(origin, place);
}

function targetOf({
  kind,
  origin,
  place,
  account,
  caPem,
  pins,
  signIn,
}: StoredConnection): Omit<Parameters<SourceFactory>[0], 'key' | 'gateway'> {
  return { kind, origin, place, account, caPem, pins, ...(signIn && { grant: grantOf(signIn) }) };
}

/** Removes fields that the user left empty. */
function entered<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined)) as T;
}
