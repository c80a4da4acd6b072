import { join } from 'node:path';
import { runnerImport } from 'vite';
import { cloneDir } from '../../scripts/bootstrap/paths.mjs';
import { judge } from '../figures.mjs';

/** @returns {Promise<typeof import('./measure')>} */
export async function loadMeasure() {
  const loaded = /** @type {Promise<{ module: typeof import('./measure') }>} */ (
    runnerImport(join(cloneDir, 'bench', 'detect', 'measure.ts'))
  );
  return (await loaded).module;
}

/**
 * Measures how fast the detectors read ordinary text, and how long a malicious custom pattern takes.
 * @returns {Promise<import('../figures.mjs').Figure[]>}
 */
export async function measureDetect() {
  const { measureSpeed, measureEvilPattern } = await loadMeasure();
  const { megabytesPerSecond, phonesPerSecond, findings } = measureSpeed(4);
  const pattern = measureEvilPattern(1);
  return [
    judge({
      name: 'redaction: detect on ordinary text, all default detectors',
      value: megabytesPerSecond,
      unit: 'MB/s',
      peer: { name: 'libphonenumber alone', value: phonesPerSecond, ratio: megabytesPerSecond / phonesPerSecond },
      details: { findings },
    }),
    judge({
      name: 'redaction: a malicious custom pattern on 1 MB',
      value: pattern.seconds * 1000,
      unit: 'ms',
      peer: {
        name: `RegExp on ${pattern.peerChars} characters`,
        value: pattern.peerSeconds * 1000,
        ratio: pattern.seconds / pattern.peerSeconds,
      },
    }),
  ];
}
