import keytar from 'keytar';
import type { KeychainMethods } from '../contract/worker';
import { findParentPort, serveParent } from './rpc-server';

// The OS keychain, alone in a process: the native binding can hang on an unanswered prompt or crash on a locked
// keyring, and then main ends this process and starts another. It contains no file or network code.
const service = 'Casement';
const probeAccount = 'probe';

/**
 * A locked keyring returns null for every entry, as if it didn't exist. An entry that is known to exist distinguishes the two
 * cases. The first write of that entry also makes the system ask for the password.
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
