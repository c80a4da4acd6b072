import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { Connection } from '../contract/session';
import type { Connections } from './connections';
import type { Keys } from './keys';
import type { DemoServerPort, JsonStore } from './ports';

/** The state that the demo stores between two runs. It contains no secret. */
export const DemoState = v.strictObject({
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
  /** Requests a key from the running server, with the setup token that only this process knows. */
  requestKey: (target: { origin: string; caPem: string; setupToken: string }) => Promise<string>;
  isUsableCa: (pem: string) => boolean;
}

const caAccount = 'demo-ca';

/** Certificate and key are one entry of the keychain: a run without the keychain could separate two entries. */
const Ca = v.strictObject({ certPem: v.string(), keyPem: v.string() });
type Ca = v.InferOutput<typeof Ca>;

/**
 * The demo source: Casement's own recording server on loopback, with real TLS. Its CA is created on the first run, and the CA's private key is
 * stored like any other key. The connection trusts only that CA, and nothing else trusts it.
 */
export class Demo {
  private running: Promise<{ origin: string; caPem: string; setupToken: string }> | undefined;

  constructor(private readonly ports: Ports) {}

  /** Starts the server and connects to it with a key that it issues. Throws keychain-* if the key can't be stored. */
  async start(allowKeyForThisRun: boolean): Promise<Connection> {
    const { connections, requestKey } = this.ports;
    const { origin, caPem, setupToken } = await this.ensureRunning(allowKeyForThisRun);
    const existing = (await connections.list()).find((connection) => connection.kind === 'demo');
    if (existing?.key === 'keychain' || existing?.key === 'this-run') return existing;
    const key = await requestKey({ origin, caPem, setupToken });
    await this.rememberKeys();
    if (existing) return connections.renewKey({ id: existing.id, key, allowKeyForThisRun });
    return connections.add({ kind: 'demo', name: 'Demo', origin, place: {}, key, caPem, allowKeyForThisRun });
  }

  /** Starts the server if the connection is a demo connection of an earlier run. */
  async ensureRunningFor(connectionId: string): Promise<void> {
    const { connections } = this.ports;
    const stored = await connections.find(connectionId);
    if (stored.kind === 'demo') await this.ensureRunning(true);
  }

  /** Call when the server's process has ended. The next use starts another. */
  forget(): void {
    this.running = undefined;
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
    const ca = await this.findCa(allowForThisRun);
    const setupToken = randomBytes(24).toString('base64url');
    const { port } = await server.call('start', {
      ca,
      recordingsDir,
      issuedKeyHashes: state.keyHashes,
      setupToken,
      port: state.port,
    });
    await store.write({ ...state, port });
    const origin = `https://localhost:${port}`;
    const demo = (await connections.list()).find((connection) => connection.kind === 'demo');
    // The CA was created or read by this process just now, so the connection may trust it.
    if (demo) await connections.move(demo.id, { origin, caPem: ca.certPem });
    return { origin, caPem: ca.certPem, setupToken };
  }

  private async findCa(allowForThisRun: boolean): Promise<Ca> {
    const { keys, server, isUsableCa } = this.ports;
    const kept = v.safeParse(v.pipe(v.string(), v.parseJson(), Ca), await keys.read(caAccount));
    if (kept.success && isUsableCa(kept.output.certPem)) return kept.output;
    const ca = await server.call('ca.create', null);
    await keys.save(caAccount, JSON.stringify(ca), allowForThisRun);
    return ca;
  }

  private async rememberKeys(): Promise<void> {
    const { server, store } = this.ports;
    await store.write({ ...(await store.read()), keyHashes: await server.call('key-hashes', null) });
  }
}
