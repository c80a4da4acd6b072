import { run } from './cli/run';

// The core without a window. Exits by itself when all is written, so that a pipe gets everything.
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', () => process.exit(0));

void run(process.argv.slice(2), {
  write: (text) => void process.stdout.write(text),
  say: (line) => void process.stderr.write(`${line}\n`),
  now: () => new Date(),
  signal: interrupt.signal,
  isDebug: process.env.CASEMENT_DEBUG === '1',
}).then((code) => {
  process.exitCode = code;
});
