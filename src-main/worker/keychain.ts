import keytar from 'keytar';
import type { KeychainMethods } from '../contract/worker';
import { findParentPort, serveParent } from './rpc-server';

// The OS keychain, alone in a process: the native binding can hang on an unanswered prompt or crash on a locked
// keyring, and then main ends this process and starts another. It has no file and no network code in it.
const service = 'Casement';
const probeAccount = 'probe';

/**
 * A locked keyring answers `get` with null, just as for an entry that isn't there; an entry that is known to be
 * there tells the two apart. Writing it the first time is also what makes the system ask for the password.
 */
async function probe(): Promise<'ready' | 'locked' | 'none'> {
  try {
    if ((await keytar.getPassword(service, probeAccount)) !== null) return 'ready';
    await keytar.setPassword(service, probeAccount, 'casement');
    return (await keytar.getPassword(service, probeAccount)) === null ? 'locked' : 'ready';
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    return /lock|prompt|dismiss/i.test(text) ? 'locked' : 'none';
  }
}

serveParent<KeychainMethods>(findParentPort(), __dirname, {
  probe,
  get: ({ account }) => keytar.getPassword(service, account),
  set: ({ account, secret }) => keytar.setPassword(service, account, secret),
  delete: async ({ account }) => {
    await keytar.deletePassword(service, account);
  },
});
