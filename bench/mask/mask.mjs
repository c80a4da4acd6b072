import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { cloneDir } from '../../scripts/bootstrap/paths.mjs';
import { runChild } from '../child.mjs';
import { judge, median } from '../figures.mjs';
import { workloadFile } from '../workload/make.mjs';
import { workloads } from '../workload/workloads.mjs';

/** @typedef {{ megabytes: number, events: number, runs: import('./measure').MaskTimes[], prepareMs: number }} Masked */

const policies = ['private-by-default', 'readable', 'internal'];
const strictest = 'private-by-default';

/** The promised share of the peer's speed. */
const leastShare = 1 / 8;

/**
 * Measures how fast recordings are redacted, in MB of recorded JSON per second.
 * @param {{ isQuick?: boolean }} [options]  isQuick: the strictest policy only, and no long recording
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureMask({ isQuick = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cas-bench-'));
  try {
    const program = await bundle(folder);
    const measured = isQuick ? [strictest] : policies;
    const figures = [];
    for (const name of ['actual-budget-support', 'harbor-checkout', 'sb-admin2-multipage-canvas']) {
      const file = join(cloneDir, 'resources', 'demo', `${name}.json.gz`);
      for (const policy of measured) figures.push(...(await measure({ name, file, policy, program, times: 6 })));
    }
    for (const name of /** @type {('50k' | '300k')[]} */ (isQuick ? ['50k'] : ['50k', '300k'])) {
      const file = await workloadFile(workloads[name]);
      for (const policy of name === '50k' ? measured : [strictest])
        figures.push(...(await measure({ name, file, policy, program, times: 1 })));
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
  const [first, ...later] = runs;
  const title = `redaction: mask ${name}, ${policy}`;
  const details = { megabytes, events, prepareMs };
  /** @param {string} label @param {readonly import('./measure').MaskTimes[]} counted */
  const figure = (label, counted) => {
    /** @param {'ms' | 'collectMs' | 'redactMs' | 'jsonMs'} field */
    const speed = (field) => (megabytes * 1000) / median(counted.map((run) => run[field]));
    return judge({
      name: `${title}${label}`,
      value: speed('ms'),
      unit: 'MB/s',
      peer: {
        name: 'JSON.parse',
        value: speed('jsonMs'),
        ratio: median(counted.map(({ ms, jsonMs }) => jsonMs / ms)),
      },
      ...(policy === strictest && { limit: { least: leastShare, of: 'ratio' } }),
      details: {
        ...details,
        collectPerSecond: speed('collectMs'),
        redactPerSecond: speed('redactMs'),
        cpuMs: median(counted.map((run) => run.cpuMs)),
        runs: counted.map(({ ms }) => Math.round(ms)).join(' '),
      },
      note: 'both passes of the redaction; `prepareMs`: everything before the gate',
    });
  };
  if (!first || later.length === 0) return [figure('', runs)];
  return [figure(', fresh process', [first]), figure(', warm process', later)];
}

/** Bundles the redaction as the app does, instead of loading it module by module. @param {string} folder */
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
