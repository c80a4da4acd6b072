import { onTestFinished } from 'vitest';
import { authorize } from '../../src-main/core/sources/authorize';
import { requestDemoKey } from '../../src-main/core/sources/demo-key';
import { createRecordingServerSource } from '../../src-main/core/sources/recording-server';
import type { FetchPort, Source } from '../../src-main/core/sources/source';
import { createDemoCa } from '../../src-main/node/demo-server/demo-ca';
import { startDemoServer, type DemoServer, type DemoServerOptions } from '../../src-main/node/demo-server/server';
import { createTransport } from '../../src-main/node/transport/transport';
import { resourcePath } from './fixtures';

export const demoCa = createDemoCa();
export const setupToken = 'setup-token-of-this-test';

export async function startDemo(options: Partial<DemoServerOptions> = {}): Promise<DemoServer> {
  const recordingsDir = resourcePath('demo');
  const server = await startDemoServer({ ca: demoCa, recordingsDir, issuedKeyHashes: [], setupToken, ...options });
  onTestFinished(() => server.close());
  return server;
}

export function connectDemo(
  server: DemoServer,
  authorization?: string,
  host = 'localhost',
  onWait: (ms: number) => void = () => undefined,
): FetchPort {
  const transport = createTransport({
    origin: `https://${host}:${server.port}`,
    caPem: demoCa.certPem,
    ...(authorization !== undefined && { sign: authorize(authorization) }),
    isOffline: () => false,
    methods: ['GET', 'POST'],
    wait: (ms) => Promise.resolve(onWait(ms)),
  });
  onTestFinished(() => transport.close());
  return transport.fetch;
}

/** Requests a key from the server as the app does, or with other scopes. */
export async function takeDemoKey(server: DemoServer, scopes?: string[]): Promise<string> {
  const fetch = connectDemo(server, `Setup ${setupToken}`);
  if (!scopes) return requestDemoKey(fetch);
  const reply = await fetch({ method: 'POST', path: '/v1/keys', body: JSON.stringify({ scopes }) });
  return ((await reply.json(1000)) as { key: string }).key;
}

export async function openDemoSource(server: DemoServer): Promise<Source> {
  return createRecordingServerSource(connectDemo(server, `Bearer ${await takeDemoKey(server)}`));
}

export async function ask(fetch: FetchPort, path: string, method: 'GET' | 'POST' = 'GET', body?: string) {
  const reply = await fetch({ method, path, ...(body === undefined ? {} : { body }) });
  return {
    status: reply.status,
    headers: reply.headers,
    body: (await reply.json(1_000_000)) as Record<string, unknown>,
  };
}
