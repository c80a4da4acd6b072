import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { cloneDir } from '../../scripts/bootstrap/places.mjs';
import { runChild } from '../child.mjs';
import { judge, median } from '../figures.mjs';
import { timeToPicture, withApp } from '../replay/app.mjs';

/**
 * @typedef {import('../figures.mjs').Figure} Figure
 * @typedef {{ ms: number, cpuMs: number, peakMB: number }} Step
 * @typedef {{ file: string, imported: Step, packed: Step }} Packed
 */

const runs = 3;

/** @type {Map<string, Promise<Packed>>} */
const packedCases = new Map();

/**
 * A recording as a signed case file, imported and packed once in a run of the benchmark.
 * @param {string} recording
 * @returns {Promise<Packed>}
 */
export function packedCase(recording) {
  const packed = packedCases.get(recording) ?? pack(recording);
  packedCases.set(recording, packed);
  return packed;
}

/**
 * @param {string} recording
 * @returns {Promise<Packed>}
 */
async function pack(recording) {
  const folder = mkdtempSync(join(tmpdir(), 'cas-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'bench.casement');
  const order = join(folder, 'order.json');
  writeFileSync(order, JSON.stringify((await loadMeasure()).packOrder()), { mode: 0o600 });
  const key = randomBytes(32).toString('hex');
  /** @param {...string} step */
  const run = (...step) => /** @type {Promise<Step>} */ (runChild('case/pack-child.mjs', step));
  const imported = await run('import', folder, key, recording);
  return { file, imported, packed: await run('pack', folder, key, file, order) };
}

/**
 * From a stored session to the signed case file: redacted, past the gate, hashed and written.
 * @param {string} name
 * @param {string} recording
 * @returns {Promise<Figure[]>}
 */
export async function measurePack(name, recording) {
  const { file, packed, imported } = await packedCase(recording);
  const { megabytes, fileMB, entries, packMs } = await (await loadMeasure()).measureVerify(file);
  const recordedMB = statSync(recording).size / 1e6;
  return [
    {
      name: `pack ${name}`,
      value: packed.ms,
      unit: 'ms',
      peer: { name: 'deflate and SHA-256 of its content', value: packMs, ratio: packed.ms / packMs },
      note: 'from the vault to the signed file on the disk, in the built worker: redaction, gate, replay page, signature',
      details: { recordedMB, contentMB: megabytes, fileMB, entries, cpuMs: packed.cpuMs, importMs: imported.ms },
    },
    {
      name: `pack ${name}: recorded bytes a second`,
      value: (recordedMB * 1000) / packed.ms,
      unit: 'MB/s',
    },
    judge({
      name: `pack ${name}: peak memory`,
      value: packed.peakMB,
      unit: 'MB',
      limit: { most: 500, of: 'value' },
    }),
  ];
}

/**
 * How fast a case file is verified, counted in the bytes that are hashed.
 * @param {string} name
 * @param {string} recording
 * @returns {Promise<Figure[]>}
 */
export async function measureVerifyPart(name, recording) {
  const { file } = await packedCase(recording);
  const { measureVerify } = await loadMeasure();
  const { megabytes, fileMB, entries, verdict, ...first } = await measureVerify(file);
  if (verdict !== 'signed') throw new Error(`The benchmark's case file is ${verdict}.`);
  const speeds = [first];
  while (speeds.length < runs) speeds.push(await measureVerify(file));
  const verifyMs = median(speeds.map((each) => each.verifyMs));
  const hashMs = median(speeds.map((each) => each.hashMs));
  const perSecond = (/** @type {number} */ ms) => (megabytes * 1000) / ms;
  /** @type {{ ms: number, peakMB: number }} */
  const command = await runChild('case/verify-child.mjs', [file]);
  return [
    judge({
      name: `verify ${name}`,
      value: perSecond(verifyMs),
      unit: 'MB/s',
      peer: { name: 'SHA-256 of the same bytes, in memory', value: perSecond(hashMs), ratio: hashMs / verifyMs },
      limit: { least: 150, of: 'value' },
      note: 'bytes of the unpacked content, from opening the file to the verdict',
      details: { verifyMs, contentMB: megabytes, fileMB, entries },
    }),
    {
      name: `verify ${name}: the whole command`,
      value: command.ms,
      unit: 'ms',
      note: 'with the reading of every event once the verdict is there',
    },
    judge({
      name: `verify ${name}: peak memory`,
      value: command.peakMB,
      unit: 'MB',
      limit: { most: 500, of: 'value' },
    }),
  ];
}

/**
 * How soon a case file can be seen in the app: from the choice of the file to the first painted picture, while it is checked.
 * @param {string} name
 * @param {string} recording
 * @returns {Promise<Figure[]>}
 */
export async function measureCaseOpen(name, recording) {
  const { file } = await packedCase(recording);
  const { opensMs, peakMB } = await withApp(file, async (page, app) => {
    const opensMs = [];
    for (let run = 0; run < runs; run++) {
      opensMs.push(await timeToPicture(page, page.getByRole('button', { name: 'Open a file' }).first()));
      // The import of one must not be in the way of the next.
      await page.getByRole('button', { name: /hashes verified/ }).waitFor();
      await page.getByRole('button', { name: /^Library/ }).click();
    }
    return { opensMs, peakMB: await app.evaluate(readWorkerPeak) };
  });
  return [
    judge({
      name: `open the case file of ${name}`,
      value: median(opensMs),
      unit: 'ms',
      limit: { most: 1000, of: 'value' },
      note: 'from the choice of the file to the first painted picture, in the app; its check goes on',
      details: { firstMs: opensMs[0] ?? NaN, mostMs: Math.max(...opensMs) },
    }),
    judge({
      name: `open the case file of ${name}: peak memory`,
      value: peakMB,
      unit: 'MB',
      limit: { most: 500, of: 'value' },
      note: 'of the worker, which serves the replay, checks and imports',
    }),
  ];
}

/**
 * Runs in main.
 * @param {typeof import('electron')} electron
 */
function readWorkerPeak({ app }) {
  const worker = app.getAppMetrics().find(({ name }) => name === 'Casement worker');
  return (worker?.memory.peakWorkingSetSize ?? NaN) / 1024;
}

/** @returns {Promise<typeof import('./measure')>} */
async function loadMeasure() {
  /** @type {{ module: typeof import('./measure') }} */
  const { module } = await runnerImport(join(cloneDir, 'bench', 'case', 'measure.ts'));
  return module;
}
