import { fork, type ChildProcess } from 'node:child_process';
import { CasementError } from '../../contract/errors';
import type { RpcReply, RpcRequest } from '../../contract/rpc';
import type { KeychainMethods } from '../../contract/worker';

/** The environment variables that a keychain needs. Its process gets no others. */
const keychainVariables = ['DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'HOME', 'LANG', 'XDG_RUNTIME_DIR', 'XDG_DATA_HOME'];

/** Returns the environment of the keychain's process. */
export function keychainEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(keychainVariables.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** The system may ask the user whether this program may read the key, ms. */
const limitMs = 60_000;

interface Reading {
  /** The bundle of `worker/keychain.ts`. */
  script: string;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/**
 * Reads one entry of the OS keychain, in a process of its own like the app: the native binding may hang or crash. Returns undefined if
 * there is no such entry. Throws keychain-none, keychain-locked, keychain-timeout, cancelled.
 */
export async function readKeychain(account: string, { script, env, signal }: Reading): Promise<string | undefined> {
  const child = fork(script, [], { env: keychainEnvironment(env), execArgv: [], stdio: ['ignore', 2, 2, 'ipc'] });
  const call = callsTo(child, signal);
  try {
    const state = await call('probe', null);
    if (state !== 'ready') throw new CasementError(state === 'none' ? 'keychain-none' : 'keychain-locked');
    const secret = await call('get', { account });
    if (secret !== null) return secret;
    // A keyring that was locked meanwhile also returns no entry.
    if ((await call('probe', null)) !== 'ready') throw new CasementError('keychain-locked');
    return (await call('get', { account })) ?? undefined;
  } finally {
    child.kill();
  }
}

type Call = <Name extends keyof KeychainMethods>(
  method: Name,
  params: KeychainMethods[Name]['params'],
) => Promise<KeychainMethods[Name]['result']>;

function callsTo(child: ChildProcess, signal: AbortSignal): Call {
  let lastId = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        child.off('message', onMessage).off('exit', onExit).off('error', onExit);
        signal.removeEventListener('abort', onAbort);
        finish();
      };
      const fail = (error: CasementError): void => settle(() => reject(error));
      const onExit = (): void => fail(new CasementError('keychain-none'));
      const onAbort = (): void => fail(new CasementError('cancelled'));
      const onMessage = (reply: RpcReply): void => {
        if (reply.kind !== 'reply' || reply.id !== id) return;
        // The table types the result of this method; the process sends it as unknown.
        if (reply.ok) settle(() => resolve(reply.value as never));
        else fail(new CasementError(reply.error.code, reply.error.details));
      };
      const timer = setTimeout(() => fail(new CasementError('keychain-timeout')), limitMs);
      child.on('message', onMessage).on('exit', onExit).on('error', onExit);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) return onAbort();
      child.send({ kind: 'request', id, method, params } satisfies RpcRequest, (error) => error && onExit());
    });
}
