import { CasementError } from '../../src-main/contract/errors';
import type { KeychainMethods, WorkerMethods } from '../../src-main/contract/worker';
import type { FileVault } from '../../src-main/node/vault/file-vault';
import type { KeychainPort, WorkerPort } from '../../src-main/services/ports';
import { Imports } from '../../src-main/worker/jobs/import/imports';
import { makeId } from '../../src-main/node/make-id';
import { KeyedMutex } from '../../src-main/contract/shared/mutex';

type Answers<Table extends { [K in keyof Table]: { params: unknown; result: unknown } }> = {
  [Name in keyof Table]?: (params: Table[Name]['params']) => Promise<Table[Name]['result']> | Table[Name]['result'];
};

function portOf<Table extends { [K in keyof Table]: { params: unknown; result: unknown } }>(answers: Answers<Table>) {
  const call = async (name: keyof Table & string, params: unknown): Promise<unknown> => {
    const answer = answers[name] as ((params: unknown) => unknown) | undefined;
    if (!answer) throw new CasementError('bug');
    return answer(params);
  };
  return { call };
}

/** The worker's import into a real vault, in this process. */
export function inProcessWorker(vault: FileVault): WorkerPort {
  const imports = new Imports(new KeyedMutex(), () => 1, makeId);
  return portOf<WorkerMethods>({
    'import.start': (start) => imports.start(vault, start),
    'import.bytes': ({ importId, bytes, point }) => imports.addBytes(importId, bytes, point),
    'import.finish': ({ importId, ...end }) =>
      imports.finish(importId, end, { signal: new AbortController().signal, onProgress: () => undefined }),
    'pull.interrupted': () => imports.interrupted(vault),
    'pull.discard': ({ id }) => imports.discard(vault, id),
    'import.abort': ({ importId, ...end }) => imports.abort(importId, end),
  }) as WorkerPort;
}

/** The worker's list of known signers on a real vault. */
export function signersWorker({ signers }: FileVault): WorkerPort {
  return portOf<WorkerMethods>({
    'signers.read': () => signers.read(),
    'signers.write': ({ signers: known }) => signers.write(known),
    'signers.set-aside': () => signers.setAside(),
  }) as WorkerPort;
}

/** A worker that can be ended like a process; the next call starts another. */
export function mortalWorker(start: () => WorkerPort): WorkerPort & { die: () => void } {
  let current: { port: WorkerPort; fails: Promise<never>; end: (error: Error) => void } | undefined;
  const make = (): NonNullable<typeof current> => {
    let end: (error: Error) => void = () => undefined;
    const fails = new Promise<never>((_, reject) => (end = reject));
    fails.catch(() => undefined);
    return { port: start(), fails, end };
  };
  const call = (...args: Parameters<WorkerPort['call']>): Promise<unknown> => {
    current ??= make();
    return Promise.race([current.port.call(...args), current.fails]);
  };
  return {
    call: call as WorkerPort['call'],
    die() {
      current?.end(new CasementError('worker-gone'));
      current = undefined;
    },
  };
}

/** A keychain that is ready, locked, absent or hanging; `become` changes its state. When locked, `get` replies as if there were no entry. */
export function fakeKeychain(initial: FakeState): KeychainPort & {
  entries: Map<string, string>;
  become(state: FakeState): void;
} {
  let state = initial;
  const entries = new Map<string, string>();
  const port = portOf<KeychainMethods>({
    probe: () => {
      if (state === 'hanging') throw new CasementError('keychain-timeout');
      return state;
    },
    get: ({ account }) => (state === 'ready' ? (entries.get(account) ?? null) : null),
    set: ({ account, secret }) => {
      if (state !== 'ready') throw new CasementError('bug');
      entries.set(account, secret);
    },
    delete: ({ account }) => void entries.delete(account),
  }) as KeychainPort;
  return { ...port, entries, become: (next) => (state = next) };
}

type FakeState = 'ready' | 'locked' | 'none' | 'hanging';

/** A small settings file, in memory. */
export function memoryStore<T>(initial: T): { read(): Promise<T>; write(value: T): Promise<void> } {
  let value = initial;
  return {
    read: () => Promise.resolve(value),
    write: (next) => {
      value = next;
      return Promise.resolve();
    },
  };
}
