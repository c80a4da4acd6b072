import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startWorker, thresholds } from '../worker-host.mjs';

// Imports once into a new vault with the built worker; the time ends when the session is stored and searchable.
const [file = '', folder = ''] = process.argv.slice(2);
const ask = startWorker();
await ask('vault.open', {
  kept: join(folder, 'vault'),
  thisRun: join(folder, 'this-run', 'x'),
  key: randomBytes(32),
  isForThisRun: false,
});
await ask('search.catch-up', {});

const cpu = process.cpuUsage();
const started = performance.now();
const session = await ask('import.file', { path: file, thresholds });
const stored = performance.now();
await ask('search.catch-up', {});
const searchable = performance.now();
const { user, system } = process.cpuUsage(cpu);
// Read before the vault is closed, so that only the import counts.
const peak = process.resourceUsage().maxRSS / 1024;
const sessions = await ask('library.list', {});
await ask('vault.close', null);
const sizes = readdirSync(join(folder, 'vault'), { recursive: true }).map(
  (name) => statSync(join(folder, 'vault', String(name))).size,
);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
  JSON.stringify({
    storedMs: stored - started,
    ms: searchable - started,
    cpuMs: (user + system) / 1000,
    peakMB: peak,
    events: sessions.reduce((sum, each) => sum + each.facts.events, 0),
    sessions: sessions.length,
    vaultMB: sizes.reduce((sum, size) => sum + size, 0) / 1e6,
    id: session.id,
  }),
);
