import { onTestFinished, expect, it } from 'vitest';
import { authorize } from '../../../src-main/core/sources/authorize';
import type { RequestSigner } from '../../../src-main/core/sources/source';
import type { DemoServerMethods } from '../../../src-main/contract/worker';
import { requestDemoKey } from '../../../src-main/core/sources/demo-key';
import {
  createRecordingServerSource,
  recordingServerAuthorization,
} from '../../../src-main/core/sources/recording-server';
import { createDemoCa, isUsableCa } from '../../../src-main/node/demo-server/demo-ca';
import { startDemoServer, type DemoServer } from '../../../src-main/node/demo-server/server';
import { createTransport } from '../../../src-main/node/transport/transport';
import { Connections, type StoredConnection } from '../../../src-main/services/connections';
import { Demo, type DemoState } from '../../../src-main/services/demo';
import { Keys } from '../../../src-main/services/keys';
import type { DemoServerPort } from '../../../src-main/services/ports';
import { makeId } from '../../../src-main/node/make-id';
import { fakeKeychain, memoryStore } from '../../helpers/in-process';
import { resourcePath } from '../../helpers/fixtures';
import { signInParts } from '../../helpers/sign-in-parts';

const isOffline = (): boolean => false;

/** The demo server, in this process. */
function serverPort(): { port: DemoServerPort; die(): Promise<void> } {
  let server: DemoServer | undefined;
  let hashes: string[] = [];
  const call = async (name: string, params: unknown): Promise<unknown> => {
    if (name === 'ca.create') return createDemoCa();
    if (name === 'key-hashes') return hashes;
    if (name === 'stop') return server?.close();
    const start = params as DemoServerMethods['start']['params'];
    hashes = [...start.issuedKeyHashes];
    server = await startDemoServer({ ...start, onKeyIssued: (hash) => hashes.push(hash) });
    return { port: server.port };
  };
  return { port: { call } as DemoServerPort, die: async () => server?.close() };
}

/** The state on the disk and in the keychain, which is kept when the app quits. */
function makeComputer() {
  return {
    keychain: fakeKeychain('ready'),
    connections: memoryStore<StoredConnection[]>([]),
    demo: memoryStore<DemoState>({ keyHashes: [], port: 0 }),
  };
}

function startApp(computer: ReturnType<typeof makeComputer>) {
  const keys = new Keys(computer.keychain);
  const connections = new Connections({
    keys,
    store: computer.connections,
    openSource: ({ origin, caPem, key }) => {
      const sign: RequestSigner = async (request) =>
        authorize(recordingServerAuthorization((await key()) ?? ''))(request);
      const transport = createTransport({ origin, caPem, sign, isOffline });
      return { source: createRecordingServerSource(transport.fetch), close: transport.close };
    },
    makeId,
    now: Date.now,
    checkOrigin: (text) => text,
    checkCa: (pem) => pem,
    checkPins: (text) => [text],
    ...signInParts(keys),
  });
  const server = serverPort();
  const demo = new Demo({
    server: server.port,
    keys,
    connections,
    store: computer.demo,
    recordingsDir: resourcePath('demo'),
    isUsableCa: (pem) => isUsableCa(pem, Date.now()),
    requestKey: async ({ origin, caPem, setupToken }) => {
      const sign = authorize(`Setup ${setupToken}`);
      const transport = createTransport({ origin, caPem, sign, isOffline, methods: ['POST'] });
      return requestDemoKey(transport.fetch).finally(() => transport.close());
    },
  });
  const quit = async (): Promise<void> => {
    await demo.stop();
    await connections.close();
  };
  onTestFinished(quit);
  const count = async (): Promise<number> => {
    const { id } = await demo.start(true);
    return (await connections.search(id, { email: 'priya.raman@harbor-example.com' }, undefined)).sessions.length;
  };
  return { demo, connections, server, quit, count };
}

it('works at every start, with or without the keychain', async () => {
  const computer = makeComputer();
  for (const state of ['ready', 'ready', 'none', 'ready', 'none', 'none', 'ready'] as const) {
    computer.keychain.become(state);
    const app = startApp(computer);
    expect(await app.count()).toBe(3);
    expect(await app.connections.list()).toHaveLength(1);
    await app.quit();
  }
});

it('restarts its server after it has ended', async () => {
  const app = startApp(makeComputer());
  expect(await app.count()).toBe(3);
  await app.server.die();
  app.demo.forget();
  const [connection] = await app.connections.list();
  await app.demo.ensureRunningFor(connection?.id ?? '');
  expect(await app.count()).toBe(3);
});
