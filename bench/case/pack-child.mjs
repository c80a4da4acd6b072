import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startWorker, thresholds } from '../worker-host.mjs';

// One step with the built worker: `import` stores a session in a vault, `pack` writes the case file.
const [step = '', folder = '', key = '', from = '', order = ''] = process.argv.slice(2);
const ask = startWorker();
await ask('vault.open', {
  kept: join(folder, 'vault'),
  thisRun: join(folder, 'this-run', 'x'),
  key: Buffer.from(key, 'hex'),
  isForThisRun: false,
});
const cpu = process.cpuUsage();
const started = performance.now();
if (step === 'import') {
  await ask('import.file', { path: from, thresholds });
} else {
  /** @type {Pick<import('../../src-main/contract/worker').WorkerMethods['export.write']['params'], 'policy' | 'signingKey'>} */
  const { policy, signingKey } = JSON.parse(readFileSync(order, 'utf8'));
  const [session] = await ask('library.list', {});
  rmSync(from, { force: true });
  await ask('export.write', {
    id: session?.id ?? '',
    policy,
    hasNotes: true,
    thresholds,
    format: 'case',
    hasScreenshots: false,
    path: from,
    ...(signingKey !== undefined && { signingKey }),
  });
}
const ms = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
const peakMB = process.resourceUsage().maxRSS / 1024;
await ask('vault.close', null);
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000, peakMB }));
