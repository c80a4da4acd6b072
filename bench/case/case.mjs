import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { cloneDir } from '../../scripts/bootstrap/paths.mjs';
import { runChild } from '../child.mjs';
import { judge, median } from '../figures.mjs';
import { timeToPicture, withApp } from '../replay/app.mjs';

/**
 * @typedef {import('../figures.mjs').Figure} Figure
 * @typedef {{ ms: number, cpuMs: number, peakMB: number }} Step
 * @typedef {{ imported: Step, packed: Step }} Round
 * @typedef {{ file: string, rounds: Round[] }} Packed
 */

const runs = 3;

/** @type {Map<string, Promise<Packed>>} */
const packedCases = new Map();

/**
 * Imports a recording into a new vault and packs it as a signed case file, once or more; done once in a run of the benchmark.
 * @param {string} recording
 * @param {number} [rounds]
 * @returns {Promise<Packed>}
 */
export function packedCase(recording, rounds = 1) {
  const packed = packedCases.get(recording) ?? pack(recording, rounds);
  packedCases.set(recording, packed);
  return packed;
}

/**
 * @param {string} recording
 * @param {number} count
 * @returns {Promise<Packed>}
 */
async function pack(recording, count) {
  const folder = mkdtempSync(join(tmpdir(), 'cas-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'bench.casement');
  const order = join(folder, 'order.json');
  writeFileSync(order, JSON.stringify((await loadMeasure()).packOrder()), { mode: 0o600 });
  /** @param {...string} step */
  const run = (...step) => /** @type {Promise<Step>} */ (runChild('case/pack-child.mjs', step));
  /** @type {Round[]} */
  const rounds = [];
  for (let round = 0; round < count; round++) {
    const vault = mkdtempSync(join(folder, 'vault-'));
    const key = randomBytes(32).toString('hex');
    const imported = await run('import', vault, key, recording);
    rounds.push({ imported, packed: await run('pack', vault, key, file, order) });
    rmSync(vault, { recursive: true, force: true });
  }
  return { file, rounds };
}

/**
 * Packs a stored session: redacted, checked by the gate, hashed, signed and written.
 * @param {string} name
 * @param {string} recording
 * @param {{ rounds?: number }} [options]
 * @returns {Promise<Figure[]>}
 */
export async function measurePack(name, recording, { rounds: count = 2 } = {}) {
  const { file, rounds } = await packedCase(recording, count);
  const { megabytes, fileMB, entries, packMs } = await (await loadMeasure()).measureVerify(file);
  const recordedMB = statSync(recording).size / 1e6;
  const ms = median(rounds.map(({ packed }) => packed.ms));
  return [
    judge({
      name: `pack ${name}`,
      value: ms,
      unit: 'ms',
      peer: {
        name: 'import of the same recording',
        value: median(rounds.map(({ imported }) => imported.ms)),
        ratio: median(rounds.map(({ packed, imported }) => packed.ms / imported.ms)),
      },
      limit: { most: 2.5, of: 'ratio' },
      note: 'from the vault to the signed file on disk, in the built worker: redaction, gate, replay page, signature',
      details: {
        recordedMB,
        contentMB: megabytes,
        fileMB,
        entries,
        cpuMs: median(rounds.map(({ packed }) => packed.cpuMs)),
        deflateAndHashMs: packMs,
        recordedMBPerSecond: (recordedMB * 1000) / ms,
        runs: rounds.map(({ packed, imported }) => `${Math.round(packed.ms)}/${Math.round(imported.ms)}`).join(' '),
      },
    }),
    judge({
      name: `pack ${name}: peak memory`,
      value: Math.max(...rounds.map(({ packed }) => packed.peakMB)),
      unit: 'MB',
      limit: { most: 500, of: 'value' },
    }),
  ];
}

/**
 * Verifies a case file; measured in the uncompressed bytes that are hashed.
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
  /** @type {{ ms: number, peakMB: number }} */
  const command = await runChild('case/verify-child.mjs', [file]);
  return [
    judge({
      name: `verify ${name}`,
      value: verifyMs,
      unit: 'ms',
      peer: {
        name: 'SHA-256 of the same bytes, in memory',
        value: hashMs,
        ratio: median(speeds.map((each) => each.verifyMs / each.hashMs)),
      },
      limit: { most: 5, of: 'ratio' },
      note: 'from opening the file to the verdict',
      details: { contentMB: megabytes, MBPerSecond: (megabytes * 1000) / verifyMs, fileMB, entries },
    }),
    {
      name: `verify ${name}: the complete command`,
      value: command.ms,
      unit: 'ms',
      note: 'including a read of every event after the verdict',
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
 * Opens a case file in the app, up to its first painted page, while it is being verified.
 * @param {string} name
 * @param {string} recording
 * @returns {Promise<Figure[]>}
 */
export async function measureCaseOpen(name, recording) {
  const { file } = await packedCase(recording);
  const { opensMs, peakMB } = await withApp(file, async (page, app) => {
    const opensMs = [];
    for (let run = 0; run < runs; run++) {
      opensMs.push(await timeToPicture(page, page.getByRole('button', { name: 'Open file' }).first()));
      // Wait for the import to finish so that it doesn't slow down the next run.
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
      note: 'from choosing the file to its first painted page, in the app, while it is being verified',
      details: { firstMs: opensMs[0] ?? NaN, mostMs: Math.max(...opensMs) },
    }),
    judge({
      name: `open the case file of ${name}: peak memory`,
      value: peakMB,
      unit: 'MB',
      limit: { most: 500, of: 'value' },
      note: 'of the worker, which serves the replay, verifies and imports',
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
