import { spawnSync } from 'node:child_process';
import { bootstrap } from './bootstrap.mjs';

// Runs the command line from a clone. Setup messages go to stderr, so that stdout holds data only.
await bootstrap({ for: 'cli' });
const cli = new URL('../dist/main/cli.cjs', import.meta.url).pathname;
const { status } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
