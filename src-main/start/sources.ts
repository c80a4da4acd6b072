import { join } from 'node:path';
import * as v from 'valibot';
import { authorize } from '../core/sources/authorize';
import { requestDemoKey } from '../core/sources/demo-key';
import { evaluateProxyScript, resolveProxy } from '../electron/system-proxy';
import { isUsableCa } from '../node/demo-server/demo-ca';
import { openJsonStore } from '../node/files/json-store';
import { makeId } from '../node/make-id';
import { openAuthorizationServer } from '../node/platforms/authorization-server';
import { createSourceFactory } from '../node/platforms/source-factory';
import { listenForRedirect, registeredRedirectUri } from '../node/sign-in/loopback';
import { makeSignInSecrets } from '../node/sign-in/secrets';
import { checkClientCertificate } from '../node/transport/client-certificate';
import { credentialsFrom } from '../node/transport/environment-proxy';
import { openNetwork } from '../node/transport/network';
import { normaliseOrigin } from '../node/transport/origin';
import { openProxyScript } from '../node/transport/proxy-script';
import { openRequestLog, type RequestLog } from '../node/transport/request-log';
import { createTransport } from '../node/transport/transport';
import { checkCaPem, checkPins } from '../node/transport/trust';
import { Connections, StoredConnection } from '../services/connections';
import type { CurrentSettings } from '../services/current-settings';
import { Demo, DemoState } from '../services/demo';
import { Gateways } from '../services/gateways';
import type { Jobs } from '../services/jobs';
import type { Keys } from '../services/keys';
import type { DemoServerPort } from '../services/ports';
import { ProxyLogins } from '../services/proxy-logins';
import { SignIns } from '../services/sign-ins';

interface Parts {
  dataFolder: string;
  demoRecordings: string;
  demoServer: DemoServerPort;
  keys: Keys;
  settings: CurrentSettings;
  jobs: Jobs;
  openInBrowser: (address: string) => Promise<void>;
}

export interface Sources {
  connections: Connections;
  demo: Demo;
  proxyLogins: ProxyLogins;
  requestLog: Pick<RequestLog, 'newest'> & { file: string };
}

/** The connections to platforms, the demo, and the log of their requests. */
export function createSources({
  dataFolder,
  demoRecordings,
  demoServer,
  keys,
  settings,
  jobs,
  openInBrowser,
}: Parts): Sources {
  const isOffline = (): boolean => settings.current.isOffline;
  const logFile = join(dataFolder, 'requests.log');
  const { log, newest } = openRequestLog(logFile, Date.now);
  const proxyLogins = new ProxyLogins(keys, credentialsFrom(process.env));
  const network = openNetwork({
    resolveProxy: openProxyScript({
      address: () => settings.current.proxyScript,
      resolveSystem: resolveProxy,
      evaluate: evaluateProxyScript,
      log,
      now: Date.now,
    }),
    proxyCredentials: (host, port) => proxyLogins.find(host, port),
    isOffline,
    log,
    limits: () => settings.current.caps,
    onWait: (signal, waitMs) => jobs.reportWait(signal, waitMs),
  });
  const connections = new Connections({
    keys,
    store: openJsonStore(join(dataFolder, 'connections.json'), v.array(StoredConnection), []),
    openSource: createSourceFactory(network),
    openAuthorizationServer: (target) => openAuthorizationServer(network, target),
    gateways: new Gateways(keys, checkClientCertificate),
    signIns: new SignIns({
      keys,
      now: Date.now,
      openInBrowser,
      makeSecrets: makeSignInSecrets,
      listen: listenForRedirect,
      registeredRedirectUri,
    }),
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
  return { connections, demo, proxyLogins, requestLog: { newest, file: logFile } };
}
