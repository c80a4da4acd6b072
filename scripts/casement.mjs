import { spawnSync } from 'node:child_process';
import { bootstrap } from './bootstrap.mjs';

// The command line from a clone: everything that the set-up says goes to stderr, so stdout stays data.
await bootstrap({ for: 'cli' });
const cli = new URL('../dist/main/cli.cjs', import.meta.url).pathname;
const { status } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
