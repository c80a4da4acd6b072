import { join } from 'node:path';
import { words } from '../contract/words/main';
import * as dialogs from '../electron/dialogs';
import { openHiddenWindows } from '../electron/hidden-windows';
import { showInFolder, writeClipboard } from '../electron/lifecycle';
import { openJsonStore } from '../node/files/json-store';
import { makeId } from '../node/make-id';
import { longestPolicyFile, readMinimumPolicy, systemMinimumPolicyPath } from '../node/policy/minimum-policy';
import { longestSignersFile, signerFiles } from '../node/signing/allowed-signers';
import { generateSigningKey } from '../node/signing/ed25519';
import type { CurrentSettings } from '../services/current-settings';
import { Exports } from '../services/exports';
import type { Jobs } from '../services/jobs';
import type { Keys } from '../services/keys';
import { Policies, StoredPolicies } from '../services/policies';
import type { WorkerPort } from '../services/ports';
import { Signers } from '../services/signers';
import { SigningKey } from '../services/signing-key';
import { askForText, saveTextAs } from './files';
import type { AppPaths } from './paths';
import type { Shell } from '../electron/shell';

interface Parts {
  dataFolder: string;
  paths: AppPaths;
  keys: Keys;
  worker: WorkerPort;
  settings: CurrentSettings;
  jobs: Jobs;
  shell: Shell;
}

/** Exports, and the policies and signers that they depend on. */
export function createExports({ dataFolder, paths, keys, worker, settings, jobs, shell }: Parts): {
  exports: Exports;
  policies: Policies;
  signers: Signers;
} {
  const policies = new Policies({
    store: openJsonStore(join(dataFolder, 'policies.json'), StoredPolicies, []),
    readMinimumPolicy: () => readMinimumPolicy(process.env, systemMinimumPolicyPath(process.platform, process.env)),
    askForText: askForText(() => dialogs.askForJson(words.openPolicy), longestPolicyFile),
    saveText: saveTextAs('json'),
  });
  const signingKey = new SigningKey(keys, generateSigningKey);
  const signers = new Signers({
    worker,
    signingKey,
    ...signerFiles,
    askForText: askForText(() => dialogs.askForAnyFile(words.openSigners), longestSignersFile),
    saveText: saveTextAs('txt'),
    ownName: words.ownSigner,
    now: Date.now,
  });
  const { replays, session } = shell;
  const windowParts = { replays, session, preload: paths.script('screenshot-preload') };
  const exports = new Exports({
    policies,
    signingKey,
    worker,
    jobs,
    makeId,
    readThresholds: async () => settings.current.timeline,
    now: Date.now,
    askWhereToSave: dialogs.askWhereToSave,
    showInFolder,
    writeClipboard,
    openHiddenWindows: (signal) => openHiddenWindows(windowParts, signal),
  });
  return { exports, policies, signers };
}
