import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { cloneDir } from '../scripts/bootstrap/paths.mjs';
import { PlainError, log } from '../scripts/bootstrap/plain-error.mjs';
import { measureCaseOpen, measurePack, measureVerifyPart } from './case/case.mjs';
import { measureDetect } from './detect/detect.mjs';
import { measureGatePart } from './gate/gate.mjs';
import { measureImport } from './import/import.mjs';
import { measureMask } from './mask/mask.mjs';
import { measurePull } from './pull/pull.mjs';
import { measureReplay } from './replay/replay.mjs';
import { measureSearch } from './search/search.mjs';
import { measureStart } from './start/start.mjs';
import { workloadFile } from './workload/make.mjs';
import { workloads } from './workload/workloads.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {{ name: string, measure: () => Promise<Figure[]> }} Part */

/** The demo's recordings, and those that the tests read. */
const recordingFolders = ['resources/demo', 'test/fixtures/recordings'];

/** @param {keyof typeof workloads} name */
const file = (name) => workloadFile(workloads[name]);

/** Everything that is measured, in this order; `--only` takes these names or their beginnings. @type {Part[]} */
const parts = [
  { name: 'start', measure: () => measureStart() },
  { name: 'import-50k', measure: async () => measureImport('50k', await file('50k')) },
  { name: 'import-300k', measure: async () => measureImport('300k', await file('300k'), { hasLimit: true }) },
  { name: 'import-heavy', measure: async () => measureImport('heavy', await file('heavy')) },
  { name: 'import-1.2M', measure: async () => measureImport('1.2M', await file('1.2M'), { runs: 1 }) },
  { name: 'import-recordings', measure: measureRecordings },
  { name: 'pull-300k', measure: async () => measurePull('300k', await file('300k'), { hasLimit: true }) },
  { name: 'replay-50k', measure: async () => measureReplay('50k', await file('50k'), { rounds: 1 }) },
  {
    name: 'replay-300k',
    measure: async () => measureReplay('300k', await file('300k'), { limits: { seek: 15, open: 10 } }),
  },
  { name: 'replay-heavy', measure: async () => measureReplay('heavy', await file('heavy'), { limits: { seek: 3 } }) },
  { name: 'case-pack-300k', measure: async () => measurePack('300k', await file('300k')) },
  { name: 'case-verify', measure: async () => measureVerifyPart('300k', await file('300k')) },
  { name: 'case-open', measure: async () => measureCaseOpen('300k', await file('300k')) },
  { name: 'search', measure: measureSearch },
  { name: 'redact-mask', measure: measureMask },
  { name: 'redact-detect', measure: measureDetect },
  { name: 'redact-gate', measure: () => measureGatePart() },
];

/** The main ratios on a short workload, in a few minutes including the recording of the workload. @type {Part[]} */
const quickParts = [
  { name: 'start', measure: () => measureStart({ rounds: 3 }) },
  { name: 'import-50k', measure: async () => measureImport('50k', await file('50k'), { hasLimit: true }) },
  { name: 'pull-50k', measure: async () => measurePull('50k', await file('50k'), { runs: 2, hasLimit: true }) },
  { name: 'replay-50k', measure: async () => measureReplay('50k', await file('50k'), { rounds: 1 }) },
  { name: 'case-pack-50k', measure: async () => measurePack('50k', await file('50k'), { rounds: 1 }) },
  { name: 'case-verify', measure: async () => measureVerifyPart('50k', await file('50k')) },
  { name: 'redact-mask', measure: () => measureMask({ isQuick: true }) },
  { name: 'redact-gate', measure: () => measureGatePart() },
];

/**
 * @param {{ only?: string[], recording?: string, isQuick?: boolean }} choice  recording: a file to measure instead of the workloads
 * @returns {Promise<Figure[]>}
 */
export async function runParts({ only, recording, isQuick = false }) {
  const wanted =
    recording === undefined
      ? chooseParts(isQuick ? quickParts : parts, only)
      : [{ name: basename(recording), measure: () => measureFile(recording) }];
  const figures = [];
  for (const { name, measure } of wanted) {
    log(`Measuring ${name} …`);
    figures.push(...(await measure()));
  }
  return figures;
}

/** @param {readonly Part[]} all @param {string[] | undefined} only */
function chooseParts(all, only) {
  const unknown = only?.filter((name) => !all.some((part) => part.name.startsWith(name))) ?? [];
  if (unknown.length > 0) {
    throw new PlainError(
      `There is no part called ${unknown.join(' or ')}. Choose among ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  return all.filter(({ name }) => !only || only.some((wanted) => name.startsWith(wanted)));
}

/** @returns {Promise<Figure[]>} */
async function measureRecordings() {
  const figures = [];
  for (const folder of recordingFolders.map((path) => join(cloneDir, path)))
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.gz')))
      figures.push(...(await measureImport(name, join(folder, name))));
  return figures;
}

/** @param {string} file */
async function measureFile(file) {
  if (!existsSync(file)) throw new PlainError(`There is no file ${file}.`);
  const figures = await measureImport(basename(file), resolve(file));
  if (file.endsWith('.json')) figures.push(...(await measureReplay(basename(file), resolve(file))));
  return figures;
}
