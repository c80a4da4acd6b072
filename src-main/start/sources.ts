import { join } from 'node:path';
import * as v from 'valibot';
import { authorize } from '../core/sources/authorize';
import { requestDemoKey } from '../core/sources/demo-key';
import { resolveProxy } from '../electron/system-proxy';
import { isUsableCa } from '../node/demo-server/demo-ca';
import { openJsonStore } from '../node/files/json-store';
import { makeId } from '../node/make-id';
import { createSourceFactory } from '../node/platforms/source-factory';
import { credentialsFrom } from '../node/transport/environment-proxy';
import { openNetwork } from '../node/transport/network';
import { normaliseOrigin } from '../node/transport/origin';
import { openRequestLog, type RequestLog } from '../node/transport/request-log';
import { createTransport } from '../node/transport/transport';
import { checkCaPem, checkPins } from '../node/transport/trust';
import { Connections, StoredConnection } from '../services/connections';
import type { CurrentSettings } from '../services/current-settings';
import { Demo, DemoState } from '../services/demo';
import type { Jobs } from '../services/jobs';
import type { Keys } from '../services/keys';
import type { DemoServerPort } from '../services/ports';

interface Parts {
  dataFolder: string;
  demoRecordings: string;
  demoServer: DemoServerPort;
  keys: Keys;
  settings: CurrentSettings;
  jobs: Jobs;
}

export interface Sources {
  connections: Connections;
  demo: Demo;
  requestLog: Pick<RequestLog, 'newest'> & { file: string };
}

/** The connections to platforms, the demo, and the log of their requests. */
export function createSources({ dataFolder, demoRecordings, demoServer, keys, settings, jobs }: Parts): Sources {
  const isOffline = (): boolean => settings.current.isOffline;
  const logFile = join(dataFolder, 'requests.log');
  const { log, newest } = openRequestLog(logFile, Date.now);
  const network = openNetwork({
    resolveProxy,
    proxyCredentials: credentialsFrom(process.env),
    isOffline,
    log,
    limits: () => settings.current.caps,
    onWait: (signal, waitMs) => jobs.reportWait(signal, waitMs),
  });
  const connections = new Connections({
    keys,
    store: openJsonStore(join(dataFolder, 'connections.json'), v.array(StoredConnection), []),
    openSource: createSourceFactory(network),
    now: Date.now,
    makeId,
    checkOrigin: normaliseOrigin,
    checkCa: checkCaPem,
    checkPins,
  });
  const demo = new Demo({
    server: demoServer,
    keys,
    connections,
    store: openJsonStore(join(dataFolder, 'demo.json'), DemoState, { keyHashes: [], port: 0 }),
    recordingsDir: demoRecordings,
    isUsableCa: (pem) => isUsableCa(pem, Date.now()),
    requestKey: async ({ origin, caPem, setupToken }) => {
      const sign = authorize(`Setup ${setupToken}`);
      const transport = createTransport({ origin, caPem, sign, isOffline, log, methods: ['POST'] });
      try {
        return await requestDemoKey(transport.fetch);
      } finally {
        await transport.close();
      }
    },
  });
  return { connections, demo, requestLog: { newest, file: logFile } };
}
