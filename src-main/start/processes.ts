import type { DemoServerMethods, KeychainMethods, WorkerMethods } from '../contract/worker';
import { ProcessClient } from '../electron/process-client';
import { keychainEnvironment } from '../node/keychain/read-key';
import type { AppPaths } from './paths';

export interface Processes {
  keychain: ProcessClient<KeychainMethods>;
  worker: ProcessClient<WorkerMethods>;
  demoServer: ProcessClient<DemoServerMethods>;
  end: () => void;
}

/** The utility processes. Each starts with its first call, if not earlier. */
export function createProcesses({ script }: AppPaths, env: NodeJS.ProcessEnv): Processes {
  const keychain = new ProcessClient<KeychainMethods>({
    name: 'Casement keychain',
    script: script('keychain'),
    env: keychainEnvironment(env),
    limit: { ms: 15_000, code: 'keychain-timeout' },
  });
  const worker = new ProcessClient<WorkerMethods>({
    name: 'Casement worker',
    script: script('worker'),
    // An import's objects are short-lived: with more space for new objects, fewer of them are copied (docs/architecture.md).
    execArgv: ['--js-flags=--max-semi-space-size=32'],
  });
  const demoServer = new ProcessClient<DemoServerMethods>({ name: 'Casement demo', script: script('demo-server') });
  const end = (): void => [worker, keychain, demoServer].forEach((process) => process.end());
  return { keychain, worker, demoServer, end };
}
