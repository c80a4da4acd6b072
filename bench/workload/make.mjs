import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint } from '../../scripts/bootstrap/fingerprint.mjs';
import { cacheDir, cloneDir } from '../../scripts/bootstrap/paths.mjs';
import { log } from '../../scripts/bootstrap/plain-error.mjs';
import { launchChromium } from '../../scripts/browser/launch.mjs';
import { bundlePage, openPage } from '../../scripts/browser/page.mjs';

/** Events that are fetched from the page at once. */
const batch = 4000;

/** Another clone may use another version of the generator. */
const keepMs = 24 * 60 * 60 * 1000;

/** The files that a workload's bytes depend on, in addition to its parameters and the browser. */
const makers = ['bench/workload/page', 'scripts/browser/page.mjs', 'node_modules/rrweb/package.json'];

/**
 * Returns the path of the workload's file, a JSON array of events, after recording it if it isn't cached.
 * @param {import('./workloads.mjs').Workload} workload
 * @returns {Promise<string>} its path
 */
export async function workloadFile(workload) {
  const folder = join(cacheDir(), 'workloads', fingerprint(cloneDir, makers).slice(0, 12));
  const recipe = createHash('sha256').update(JSON.stringify(workload)).digest('hex').slice(0, 8);
  const file = join(folder, `${workload.name}-${recipe}.json`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  removeUnused(folder);
  const temporary = `${file}.${process.pid}`;
  const started = Date.now();
  log(`Recording the workload ${workload.name} …`);
  try {
    await record(workload, temporary);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  log(`Recorded ${workload.name} in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  return file;
}

/**
 * @param {import('./workloads.mjs').Workload} workload
 * @param {string} file
 */
async function record({ events, ...options }, file) {
  const browser = await launchChromium();
  const out = createWriteStream(file);
  try {
    const page = await openPage(browser, await bundlePage('bench/workload/page/main.ts'));
    await page.evaluate((given) => window.startWorkload(given), options);
    for (let done = 0; done < events; done += batch) {
      const count = Math.min(batch, events - done);
      const json = await page.evaluate((wanted) => window.continueWorkload(wanted), count);
      if (!out.write(`${done === 0 ? '[' : ',\n'}${json}`)) await once(out, 'drain');
    }
    out.end(']\n');
    await once(out, 'close');
  } finally {
    out.destroy();
    await browser.close();
  }
}

/**
 * Deletes recordings of older versions of the generator; one version's recordings take a gigabyte.
 * @param {string} current
 */
function removeUnused(current) {
  for (const name of readdirSync(dirname(current))) {
    const folder = join(dirname(current), name);
    const age = Date.now() - statSync(folder).mtimeMs;
    if (folder !== current && age > keepMs) rmSync(folder, { recursive: true, force: true });
  }
}
