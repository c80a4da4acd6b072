import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { cloneDir } from '../../scripts/bootstrap/places.mjs';
import { runChild } from '../child.mjs';
import { judge, median } from '../figures.mjs';
import { workloadFile } from '../workload/make.mjs';
import { workloads } from '../workload/workloads.mjs';

/** @typedef {{ megabytes: number, events: number, runs: import('./measure').MaskTimes[], prepareMs: number }} Masked */

const policies = ['private-by-default', 'readable', 'internal'];
const strictest = 'private-by-default';

/**
 * How fast recordings are redacted, in MB of recorded JSON a second.
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureMask() {
  const folder = mkdtempSync(join(tmpdir(), 'cas-bench-'));
  try {
    const program = await bundle(folder);
    const figures = [];
    for (const name of ['actual-budget-support', 'harbor-checkout', 'sb-admin2-multipage-canvas']) {
      const file = join(cloneDir, 'resources', 'demo', `${name}.json.gz`);
      for (const policy of policies) figures.push(await measure({ name, file, policy, program, times: 6 }));
    }
    for (const name of /** @type {const} */ (['50k', '300k'])) {
      const file = await workloadFile(workloads[name]);
      for (const policy of name === '50k' ? policies : [strictest])
        figures.push(await measure({ name, file, policy, program, times: 1 }));
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {{ name: string, file: string, policy: string, program: string, times: number }} what */
async function measure({ name, file, policy, program, times }) {
  /** @type {Masked} */
  const { megabytes, events, runs, prepareMs } = await runChild('mask/mask-child.mjs', [
    program,
    file,
    policy,
    String(times),
  ]);
  const counted = runs.length > 1 ? runs.slice(1) : runs;
  /** @param {'ms' | 'collectMs' | 'redactMs' | 'jsonMs'} field */
  const speed = (field) => (megabytes * 1000) / median(counted.map((run) => run[field]));
  const value = speed('ms');
  return judge({
    name: `redaction: mask ${name}, ${policy}`,
    value,
    unit: 'MB/s',
    peer: { name: 'JSON.parse and stringify', value: speed('jsonMs'), ratio: value / speed('jsonMs') },
    ...(policy === strictest && { limit: { least: 10, of: 'value' } }),
    details: {
      megabytes,
      events,
      firstPerSecond: (megabytes * 1000) / (runs[0]?.ms ?? NaN),
      collectPerSecond: speed('collectMs'),
      redactPerSecond: speed('redactMs'),
      cpuMs: median(counted.map((run) => run.cpuMs)),
      prepareMs,
      runs: counted.map(({ ms }) => Math.round(ms)).join(' '),
    },
    note: 'both passes of the redaction; `prepareMs`: all that comes before the gate',
  });
}

/** The redaction as the app has it: built, not read module by module. @param {string} folder */
async function bundle(folder) {
  await build({
    configFile: false,
    root: cloneDir,
    publicDir: false,
    logLevel: 'warn',
    resolve: { alias: { 'css-tree': join(cloneDir, 'node_modules/css-tree/dist/csstree.esm.js') } },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rollupOptions: {
        checks: { pluginTimings: false },
        input: join(cloneDir, 'bench/mask/measure.ts'),
        output: { format: 'es', entryFileNames: 'measure.mjs' },
      },
    },
  });
  return join(folder, 'measure.mjs');
}
