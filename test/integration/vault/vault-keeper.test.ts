import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CasementError } from '../../../src-main/contract/errors';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import type { StoredSession } from '../../../src-main/contract/session';
import type { Note } from '../../../src-main/contract/note';
import type { WorkerMethods } from '../../../src-main/contract/worker';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { deleteOtherRuns, moveSessions } from '../../../src-main/node/vault/ephemeral-vault';
import { Keys } from '../../../src-main/services/keys';
import type { WorkerPort } from '../../../src-main/services/ports';
import { VaultKeeper } from '../../../src-main/services/vault-keeper';
import { fakeKeychain } from '../../helpers/in-process';
import { tinyRecord, tinyRecording } from '../../helpers/recordings';
import { storeSession } from '../../helpers/stored-session';
import { makeTempFolder } from '../../helpers/temp-folder';

/** A fake worker that opens and lists a vault. `crash` leaves it like a new process after the old one ended. */
function startWorker(): WorkerPort & { vault: FileVault | undefined; crash(): void } {
  const worker = {
    vault: undefined as FileVault | undefined,
    crash: () => (worker.vault = undefined),
    call: async (name: string, params: unknown): Promise<unknown> => {
      if (name === 'vault.open') {
        const { kept, thisRun, key, isForThisRun } = params as WorkerMethods['vault.open']['params'];
        const before = worker.vault;
        await deleteOtherRuns(thisRun);
        worker.vault = await FileVault.open(isForThisRun ? thisRun : kept, key, isForThisRun);
        if (before) await moveSessions(before, worker.vault);
        return null;
      }
      if (!worker.vault) throw new CasementError('worker-gone');
      if (name === 'vault.close') return worker.vault.close();
      return worker.vault.list();
    },
  };
  return worker as WorkerPort & { vault: FileVault | undefined; crash(): void };
}

function startApp(home: string, keychain: ReturnType<typeof fakeKeychain>) {
  const worker = startWorker();
  const keys = new Keys(keychain);
  const folders = { kept: join(home, 'vault'), thisRun: join(home, 'runs', `run-${Math.random()}`) };
  const keeper = new VaultKeeper(worker, keys, folders);
  const list = (): Promise<StoredSession[]> => keeper.call('library.list', {});
  return { worker, keys, keeper, list, folders };
}

async function add(vault: FileVault | undefined, ...rest: [SessionEvent[][], Note[]?]): Promise<void> {
  if (!vault) throw new Error('no vault is open');
  await storeSession(vault, tinyRecord, ...rest);
}

describe('the vault between keychain and worker', () => {
  it('is opened again at the next start', async () => {
    const home = await makeTempFolder();
    const keychain = fakeKeychain('ready');
    const first = startApp(home, keychain);
    await first.list();
    await add(first.worker.vault, [tinyRecording()]);
    await first.keeper.close();
    expect(await startApp(home, keychain).list()).toHaveLength(1);
  });

  it('is temporary without a keychain, but survives a restart of the worker', async () => {
    const home = await makeTempFolder();
    const keychain = fakeKeychain('none');
    const app = startApp(home, keychain);
    await app.list();
    await add(app.worker.vault, [tinyRecording()]);
    app.worker.crash();
    app.keeper.forget();
    expect(await app.list()).toHaveLength(1);
    await app.keeper.close();
    expect(keychain.entries.size).toBe(0);

    const killed = startApp(home, keychain);
    await killed.list();
    await add(killed.worker.vault, [tinyRecording()]);
    const next = startApp(home, keychain);
    expect(await next.list()).toEqual([]);
    expect(existsSync(killed.folders.thisRun)).toBe(false);
  });

  it.each([
    ['empty', false],
    ['with the vault of an earlier run', true],
  ])('moves temporary data into the permanent vault when the keychain is back: %s', async (_name, hasVault) => {
    const home = await makeTempFolder();
    const keychain = fakeKeychain('ready');
    if (hasVault) {
      const earlier = startApp(home, keychain);
      await earlier.list();
      await add(earlier.worker.vault, [tinyRecording()]);
    }
    keychain.become('none');
    const app = startApp(home, keychain);
    expect(await app.list()).toEqual([]);
    await add(app.worker.vault, [tinyRecording()], [{ id: 'n-0001', atMs: 1, text: 'kept' }]);
    keychain.become('ready');
    expect(await app.keeper.retryKeychain()).toBe('ready');
    const all = hasVault ? 2 : 1;
    expect(await app.list()).toHaveLength(all);
    await app.keeper.close();
    const next = await startApp(home, keychain).list();
    expect(next.map(({ noteCount }) => noteCount).sort()).toEqual(hasVault ? [0, 1] : [1]);
  });

  it('never overwrites its key when the keyring locks during a run', async () => {
    const home = await makeTempFolder();
    const keychain = fakeKeychain('ready');
    const app = startApp(home, keychain);
    await app.list();
    await add(app.worker.vault, [tinyRecording()]);
    const key = keychain.entries.get('vault-key');
    keychain.become('locked');
    app.worker.crash();
    app.keeper.forget();
    expect(await app.list()).toHaveLength(1);
    expect(keychain.entries.get('vault-key')).toBe(key);
    await expect(app.keys.read('connection/c-1')).rejects.toMatchObject({ code: 'keychain-locked' });
  });

  it('reports why it can’t be opened, and the next request tries again', async () => {
    const file = join(await makeTempFolder(), 'a-file');
    await writeFile(file, '');
    const app = startApp(file, fakeKeychain('ready'));
    await expect(app.list()).rejects.toMatchObject({ code: expect.stringMatching(/^(disk-|file-|folder-)/) as string });
    await expect(app.list()).rejects.toThrow();
  });
});
