import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { cloneDir } from '../scripts/bootstrap/places.mjs';
import { PlainError, say } from '../scripts/bootstrap/plain-error.mjs';
import { measureCaseOpen, measurePack, measureVerifyPart } from './case/case.mjs';
import { measureDetect } from './detect/detect.mjs';
import { measureGatePart } from './gate/gate.mjs';
import { measureImport } from './import/import.mjs';
import { measureMask } from './mask/mask.mjs';
import { measurePull } from './pull/pull.mjs';
import { measureReplay } from './replay/replay.mjs';
import { measureSearch } from './search/search.mjs';
import { workloadFile } from './workload/make.mjs';
import { workloads } from './workload/workloads.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {{ name: string, measure: () => Promise<Figure[]> }} Part */

/** The demo's recordings, and those that the tests read. */
const recordingFolders = ['resources/demo', 'test/fixtures/recordings'];

/** What is measured, in the order in which it is; the names are what `--only` takes. @type {Part[]} */
const parts = [
  {
    name: 'import-50k',
    measure: async () => measureImport('50k', await workloadFile(workloads['50k'])),
  },
  {
    name: 'import-300k',
    measure: async () => measureImport('300k', await workloadFile(workloads['300k']), { hasLimit: true }),
  },
  {
    name: 'import-heavy',
    measure: async () => measureImport('heavy', await workloadFile(workloads.heavy)),
  },
  {
    name: 'import-1.2M',
    measure: async () => measureImport('1.2M', await workloadFile(workloads['1.2M']), { runs: 1 }),
  },
  { name: 'import-recordings', measure: measureRecordings },
  {
    name: 'pull-300k',
    measure: async () => measurePull('300k', await workloadFile(workloads['300k']), { hasLimit: true }),
  },
  { name: 'replay-50k', measure: async () => measureReplay('50k', await workloadFile(workloads['50k'])) },
  {
    name: 'replay-300k',
    measure: async () =>
      measureReplay('300k', await workloadFile(workloads['300k']), {
        limits: { seekMs: 150, timesFaster: 8, openMs: 500 },
      }),
  },
  {
    name: 'replay-heavy',
    measure: async () => measureReplay('heavy', await workloadFile(workloads.heavy), { limits: { seekMs: 450 } }),
  },
  { name: 'case-pack-300k', measure: async () => measurePack('300k', await workloadFile(workloads['300k'])) },
  { name: 'case-verify', measure: async () => measureVerifyPart('300k', await workloadFile(workloads['300k'])) },
  { name: 'case-open', measure: async () => measureCaseOpen('300k', await workloadFile(workloads['300k'])) },
  { name: 'search', measure: measureSearch },
  { name: 'redact-mask', measure: measureMask },
  { name: 'redact-detect', measure: measureDetect },
  { name: 'redact-gate', measure: measureGatePart },
];

/**
 * @param {{ only?: string[], recording?: string }} choice  recording: a file to measure instead of the workloads
 * @returns {Promise<Figure[]>}
 */
export async function runParts({ only, recording }) {
  const wanted =
    recording === undefined
      ? chooseParts(only)
      : [{ name: basename(recording), measure: () => measureFile(recording) }];
  const figures = [];
  for (const { name, measure } of wanted) {
    say(`Measuring ${name} …`);
    figures.push(...(await measure()));
  }
  return figures;
}

/** @param {string[] | undefined} only */
function chooseParts(only) {
  const unknown = only?.filter((name) => !parts.some((part) => part.name.startsWith(name))) ?? [];
  if (unknown.length > 0) {
    throw new PlainError(
      `There is no part called ${unknown.join(' or ')}. Choose among ${parts.map(({ name }) => name).join(', ')}.`,
    );
  }
  return parts.filter(({ name }) => !only || only.some((wanted) => name.startsWith(wanted)));
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
