import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { Connection } from '../contract/session';
import type { Connections } from './connections';
import type { Keys } from './keys';
import type { DemoServerPort, JsonStore } from './ports';

/** What the demo remembers between two runs: nothing that opens anything. */
export const DemoState = v.strictObject({
  caPem: v.optional(v.string()),
  keyHashes: v.array(v.string()),
  port: v.number(),
});
export type DemoState = v.InferOutput<typeof DemoState>;

interface Ports {
  server: DemoServerPort;
  keys: Keys;
  connections: Connections;
  store: JsonStore<DemoState>;
  recordingsDir: string;
  /** Asks the running server for a key, with the token that only its starter has. */
  requestKey: (target: { origin: string; caPem: string; setupToken: string }) => Promise<string>;
  isUsableCa: (pem: string) => boolean;
}

const caAccount = 'demo-ca';

/**
 * The demo source: a recording server of our own on loopback, with real TLS. Its CA is made at the first run, its private
 * half kept like any key; the connection trusts that CA and no other, and nothing else trusts it.
 */
export class Demo {
  private running: Promise<{ origin: string; caPem: string; setupToken: string }> | undefined;

  constructor(private readonly ports: Ports) {}

  /** Starts the server and connects to it, with a key of its making. Errors: keychain-* where the key may not be kept. */
  async start(allowKeyForThisRun: boolean): Promise<Connection> {
    const { connections, requestKey } = this.ports;
    const { origin, caPem, setupToken } = await this.ensureRunning(allowKeyForThisRun);
    const existing = (await connections.list()).find((connection) => connection.kind === 'demo');
    if (existing?.key === 'keychain' || existing?.key === 'this-run') return existing;
    const key = await requestKey({ origin, caPem, setupToken });
    await this.rememberKeys();
    if (existing) return connections.renewKey({ id: existing.id, key, allowKeyForThisRun });
    return connections.add({ name: 'Demo', origin, key, caPem, allowKeyForThisRun }, 'demo');
  }

  /** A demo connection of an earlier run needs its server back before it can be asked. */
  async ensureRunningFor(connectionId: string): Promise<void> {
    const { connections } = this.ports;
    const stored = await connections.find(connectionId);
    if (stored.kind === 'demo') await this.ensureRunning(true);
  }

  async stop(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    if (running) await this.ports.server.call('stop', null);
  }

  private ensureRunning(allowForThisRun: boolean): Promise<{ origin: string; caPem: string; setupToken: string }> {
    this.running ??= this.launch(allowForThisRun).catch((error: unknown) => {
      this.running = undefined;
      throw error;
    });
    return this.running;
  }

  private async launch(allowForThisRun: boolean): Promise<{ origin: string; caPem: string; setupToken: string }> {
    const { server, store, recordingsDir, connections } = this.ports;
    const state = await store.read();
    const ca = await this.findCa(state, allowForThisRun);
    const setupToken = randomBytes(24).toString('base64url');
    const { port } = await server.call('start', {
      ca,
      recordingsDir,
      issuedKeyHashes: state.keyHashes,
      setupToken,
      port: state.port,
    });
    await store.write({ ...state, caPem: ca.certPem, port });
    const origin = `https://localhost:${port}`;
    const demo = (await connections.list()).find((connection) => connection.kind === 'demo');
    if (demo) {
      const { caPem } = await connections.find(demo.id);
      // Another CA than the one that the connection was made with: it is made anew rather than trusted quietly.
      if (caPem !== ca.certPem) await connections.remove(demo.id);
      else if (demo.origin !== origin) await connections.move(demo.id, origin);
    }
    return { origin, caPem: ca.certPem, setupToken };
  }

  private async findCa(state: DemoState, allowForThisRun: boolean): Promise<{ certPem: string; keyPem: string }> {
    const { keys, server, isUsableCa } = this.ports;
    const keyPem = await keys.read(caAccount);
    if (keyPem && state.caPem && isUsableCa(state.caPem)) return { certPem: state.caPem, keyPem };
    const ca = await server.call('ca.create', null);
    await keys.save(caAccount, ca.keyPem, allowForThisRun);
    return ca;
  }

  private async rememberKeys(): Promise<void> {
    const { server, store } = this.ports;
    await store.write({ ...(await store.read()), keyHashes: await server.call('key-hashes', null) });
  }
}
