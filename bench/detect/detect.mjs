import { join } from 'node:path';
import { runnerImport } from 'vite';
import { cloneDir } from '../../scripts/bootstrap/places.mjs';
import { judge } from '../figures.mjs';

/** @returns {Promise<typeof import('./measure')>} */
export async function loadMeasure() {
  const loaded = /** @type {Promise<{ module: typeof import('./measure') }>} */ (
    runnerImport(join(cloneDir, 'bench', 'detect', 'measure.ts'))
  );
  return (await loaded).module;
}

/**
 * How fast the detectors read ordinary text.
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureDetect() {
  const { measureSpeed } = await loadMeasure();
  const { megabytesPerSecond, phonesPerSecond, findings } = measureSpeed(4);
  return [
    judge({
      name: 'redaction: detect on ordinary text, all default detectors',
      value: megabytesPerSecond,
      unit: 'MB/s',
      peer: { name: 'libphonenumber alone', value: phonesPerSecond, ratio: megabytesPerSecond / phonesPerSecond },
      limit: { least: 2, of: 'value' },
      details: { findings },
    }),
  ];
}
