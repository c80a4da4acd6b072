import { endOnBrokenOutput } from './cli/broken-output';
import { run } from './cli/run';
import type { Terminal } from './cli/terminal';
import { loadReplayTemplate } from './node/export/replay-template';

// The command line. After a command the process ends on its own, so that a pipe receives all output.
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());

const terminal: Terminal = {
  write: (text) => void process.stdout.write(text),
  print: (line) => void process.stderr.write(`${line}\n`),
  now: () => new Date(),
  readReplayTemplate: () => loadReplayTemplate(__dirname),
  signal: interrupt.signal,
  isDebug: process.env.CASEMENT_DEBUG === '1',
};
process.stdout.on('error', (error: Error) => process.exit(endOnBrokenOutput(error, terminal)));

void run(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});
