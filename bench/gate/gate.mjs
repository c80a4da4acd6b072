import { join } from 'node:path';
import { runnerImport } from 'vite';
import { cloneDir } from '../../scripts/bootstrap/paths.mjs';
import { judge } from '../figures.mjs';
import { workloadFile } from '../workload/make.mjs';
import { workloads } from '../workload/workloads.mjs';

const originals = 10_000;
const recordings = ['actual-budget-support', 'harbor-checkout', 'sb-admin2-multipage-canvas'].map((name) =>
  join(cloneDir, 'resources', 'demo', `${name}.json.gz`),
);

/**
 * Measures how fast the gate reads redacted recordings, short ones in a fresh process and a long one.
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureGatePart() {
  const loaded = /** @type {Promise<{ module: typeof import('./measure') }>} */ (
    runnerImport(join(cloneDir, 'bench', 'gate', 'measure.ts'))
  );
  const { measureGate } = (await loaded).module;
  /** @param {string} name @param {readonly string[]} files */
  const measure = (name, files) => {
    const { megabytes, megabytesPerSecond, parsePerSecond, indexOfPerSecond, found } = measureGate(files, originals);
    return judge({
      name: `redaction: gate on ${name}, redacted, 10,000 originals`,
      value: megabytesPerSecond,
      unit: 'MB/s',
      peer: { name: 'JSON.parse of the same', value: parsePerSecond, ratio: megabytesPerSecond / parsePerSecond },
      limit: { least: 1 / 2, of: 'ratio' },
      details: { megabytes, found, indexOfPerSecond },
    });
  };
  // The short ones first: they end before the gate's code is compiled, as in an app that was just started.
  return [measure('three short recordings', recordings), measure('50k', [await workloadFile(workloads['50k'])])];
}
