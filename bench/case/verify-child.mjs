import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cloneDir } from '../../scripts/bootstrap/paths.mjs';

// Runs the built command line's `verify` in its own process and discards its output.
const [file = ''] = process.argv.slice(2);
const cli = join(cloneDir, 'dist', 'main', 'cli.cjs');
const print = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
process.argv = [process.execPath, cli, 'verify', file];
const started = performance.now();
process.once('exit', (code) => {
  const ms = performance.now() - started;
  if (code === 0) print(JSON.stringify({ ms, peakMB: process.resourceUsage().maxRSS / 1024 }));
});
createRequire(import.meta.url)(cli);
