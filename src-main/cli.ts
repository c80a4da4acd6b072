import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOnBrokenOutput } from './cli/broken-output';
import { run } from './cli/run';
import type { Terminal } from './cli/terminal';
import { loadReplayTemplate } from './node/export/replay-template';
import { readKeychain } from './node/keychain/read-key';

// The command line. After a command the process ends on its own, so that a pipe receives all output.
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());

const terminal: Terminal = {
  write: (text) => void process.stdout.write(text),
  print: (line) => void process.stderr.write(`${line}\n`),
  now: () => new Date(),
  readReplayTemplate: () => loadReplayTemplate(__dirname),
  env: process.env,
  wait: (ms) => sleep(ms, undefined, { signal: interrupt.signal }),
  readKeychain: (account) =>
    readKeychain(account, { script: join(__dirname, 'keychain.cjs'), env: process.env, signal: interrupt.signal }),
  signal: interrupt.signal,
  isDebug: process.env.CASEMENT_DEBUG === '1',
};
process.stdout.on('error', (error: Error) => process.exit(endOnBrokenOutput(error, terminal)));

void run(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});
