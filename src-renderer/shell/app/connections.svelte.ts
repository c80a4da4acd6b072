import type { GatewayInput } from '../../../src-main/contract/gateway';
import type { ConnectionId } from '../../../src-main/contract/ids';
import type { RequestInput, RequestOutput } from '../../../src-main/contract/ipc';
import type { Connection, StoredSession } from '../../../src-main/contract/session';
import { call } from './bridge';
import { keyConsent } from './key-consent.svelte';
import { navigation } from './navigation.svelte';

/** The sources that the user connected. Keys are sent from here to the main process and never come back. */
class Connections {
  list = $state.raw<readonly Connection[]>([]);
  hasDemo = $derived(this.list.some((connection) => connection.kind === 'demo'));

  async load(): Promise<void> {
    this.list = await call('connection.list', {});
  }

  find(id: ConnectionId): Connection | undefined {
    return this.list.find((connection) => connection.id === id);
  }

  /** Returns whether the session's platform has a player that can be linked to. */
  hasPlayer({ connectionId }: StoredSession): boolean {
    return connectionId !== undefined && this.find(connectionId)?.capabilities.hasDeepLink === true;
  }

  async startDemo(): Promise<Connection> {
    return this.#keep(await keyConsent.with((allowKeyForThisRun) => call('demo.start', { allowKeyForThisRun })));
  }

  async add(source: Omit<RequestInput<'connection.add'>, 'allowKeyForThisRun'>): Promise<Connection> {
    return this.#keep(
      await keyConsent.with((allowKeyForThisRun) => call('connection.add', { ...source, allowKeyForThisRun })),
    );
  }

  /** `jobId` can be cancelled while the user signs in. */
  async signIn(source: Omit<RequestInput<'connection.sign-in'>, 'allowKeyForThisRun'>): Promise<Connection> {
    return this.#keep(
      await keyConsent.with((allowKeyForThisRun) => call('connection.sign-in', { ...source, allowKeyForThisRun })),
    );
  }

  async signInAgain(id: ConnectionId, jobId: string): Promise<Connection> {
    return this.#keep(
      await keyConsent.with((allowKeyForThisRun) =>
        call('connection.sign-in-again', { id, jobId, allowKeyForThisRun }),
      ),
    );
  }

  async setGateway(id: ConnectionId, gateway: GatewayInput): Promise<Connection> {
    return this.#keep(
      await keyConsent.with((allowKeyForThisRun) =>
        call('connection.set-gateway', { id, gateway, allowKeyForThisRun }),
      ),
    );
  }

  async renewKey(id: ConnectionId, key: string): Promise<Connection> {
    return this.#keep(
      await keyConsent.with((allowKeyForThisRun) => call('connection.renew-key', { id, key, allowKeyForThisRun })),
    );
  }

  async test(id: ConnectionId): Promise<Connection> {
    return this.#keep(await call('connection.test', { id }));
  }

  async remove(id: ConnectionId): Promise<RequestOutput<'connection.remove'>> {
    const result = await call('connection.remove', { id });
    this.list = this.list.filter((connection) => connection.id !== id);
    navigation.forget((route) => route.name === 'source' && route.id === id);
    return result;
  }

  #keep(connection: Connection): Connection {
    const isKnown = this.list.some((other) => other.id === connection.id);
    this.list = isKnown
      ? this.list.map((other) => (other.id === connection.id ? connection : other))
      : [...this.list, connection];
    return connection;
  }
}

export const connections = new Connections();
