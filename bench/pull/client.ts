import { issueCa, issueServer, type CertifiedKey } from '../../src-main/node/demo-server/certificate';
import type { StoredSession } from '../../src-main/contract/session';
import { defaultThresholds } from '../../src-main/contract/settings';
import { openNetwork } from '../../src-main/node/transport/network';
import { Connections, type StoredConnection } from '../../src-main/services/connections';
import { Jobs } from '../../src-main/services/jobs';
import { Keys } from '../../src-main/services/keys';
import { createSourceFactory } from '../../src-main/node/platforms/source-factory';
import type { WorkerPort } from '../../src-main/services/ports';
import { pullSession } from '../../src-main/services/pull';
import { makeId } from '../../src-main/node/make-id';
import { fakeKeychain, memoryStore } from '../../test/helpers/in-process';
import { signInParts } from '../../test/helpers/sign-in-parts';

/** Issues a certificate for this computer, and the CA that signs it. */
export function issueCertificates(): { ca: CertifiedKey; server: CertifiedKey } {
  const validity = { notBeforeMs: Date.now() - 3_600_000, notAfterMs: Date.now() + 86_400_000 };
  const ca = issueCa('Bench CA', [], validity);
  return { ca, server: issueServer(ca, 'Bench server', ['localhost', '127.0.0.1'], validity) };
}

/** Pulls a recording as the app's main process does, into a worker in another process. */
export async function pullInto(worker: WorkerPort, origin: string, caPem: string): Promise<StoredSession> {
  const keys = new Keys(fakeKeychain('ready'));
  await keys.probe();
  const isOffline = (): boolean => false;
  const connections = new Connections({
    keys,
    store: memoryStore<StoredConnection[]>([]),
    openSource: createSourceFactory(openNetwork({ isOffline })),
    makeId,
    now: Date.now,
    checkOrigin: (text) => text,
    checkCa: (pem) => pem,
    checkPins: (text) => [text],
    ...signInParts(keys),
  });
  const { id } = await connections.add({
    kind: 'server',
    name: 'Bench',
    origin,
    place: {},
    key: 'bench-key',
    caPem,
    allowKeyForThisRun: false,
  });
  const ports = { connections, worker, readThresholds: () => Promise.resolve(defaultThresholds) };
  const jobs = new Jobs(() => undefined);
  const session = await jobs.run('job-1', (job) => pullSession(ports, { connectionId: id, remoteId: 'bench' }, job));
  await connections.close();
  return session;
}
