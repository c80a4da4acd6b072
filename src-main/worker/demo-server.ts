import type { DemoServerMethods } from '../contract/worker';
import { createDemoCa } from '../node/demo-server/demo-ca';
import { startDemoServer } from '../node/demo-server/server';
import { findParentPort, serveParent } from './rpc-server';

// The demo's recording server runs in its own process, like a real server.
let server: Awaited<ReturnType<typeof startDemoServer>> | undefined;
let keyHashes: string[] = [];

serveParent<DemoServerMethods>(findParentPort(), __dirname, {
  'ca.create': () => createDemoCa(),
  start: async (params) => {
    await server?.close();
    keyHashes = params.issuedKeyHashes;
    server = await startDemoServer({ ...params, onKeyIssued: (hash) => (keyHashes = [...keyHashes, hash]) });
    return { port: server.port };
  },
  'key-hashes': () => keyHashes,
  stop: async () => {
    await server?.close();
    server = undefined;
  },
});
