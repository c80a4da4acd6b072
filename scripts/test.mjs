import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { readJsonFile } from './bootstrap/json-file.mjs';
import { cloneDir } from './bootstrap/places.mjs';
import { describeThrown, PlainError } from './bootstrap/plain-error.mjs';
import { steps } from './test-steps.mjs';

/** @typedef {import('./test-steps.mjs').Step} Step */
/** @typedef {import('./test-steps.mjs').Counts & { name: string, seconds: number }} Result */

/** @type {Result[]} */
const results = [];
try {
  const wanted = chooseSteps();
  await bootstrap({ for: 'test' });
  // Checks keep one core busy each, so two run at a time, each one's output whole when it ends. What tests do is
  // told as it happens, and each has the machine for itself: times and windows are part of what they look at.
  const checks = wanted.filter((step) => !step.count);
  const next = async () => {
    for (let step = checks.shift(); step; step = checks.shift()) results.push(await runStep(step, false));
  };
  await Promise.all([next(), next()]);
  for (const step of wanted.filter((each) => each.count)) results.push(await runStep(step, true));
} catch (error) {
  console.error(describeThrown(error));
  results.push({ name: 'set-up', passed: 0, failed: 1, skipped: 0, seconds: 0 });
}
process.exitCode = summarise(results);

/** @returns {Step[]} */
function chooseSteps() {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
  if (only === undefined) return steps;
  const names = only.split(',');
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length === 0) return steps.filter((step) => names.includes(step.name));
  const known = steps.map((step) => step.name).join(', ');
  throw new PlainError(`There is no test step called ${unknown.join(' or ')}. Choose among ${known}.`);
}

/**
 * @param {Step} step
 * @param {boolean} isLive
 * @returns {Promise<Result>}
 */
async function runStep(step, isLive) {
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'casement-test-'));
  const reportFile = join(folder, 'report.json');
  const more = step.report?.(reportFile);
  if (isLive) console.log(`\n== ${step.name}`);
  const { code, output } = await run([programOf(step), ...step.args, ...(more?.args ?? [])], more?.env ?? {}, isLive);
  if (!isLive) console.log(`\n== ${step.name}\n${output.trim()}`);
  const counts = step.count ? readCounts(step, reportFile) : { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  rmSync(folder, { recursive: true });
  // Whatever the report says, a program that says it failed has failed.
  const failed = code === 0 ? counts.failed : Math.max(counts.failed, 1);
  return { ...counts, failed, name: step.name, seconds: (Date.now() - started) / 1000 };
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {boolean} isLive
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(args, env, isLive) {
  return new Promise((resolve) => {
    const target = isLive ? 'inherit' : 'pipe';
    const options = { cwd: cloneDir, env: { ...process.env, ...env } };
    const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', target, target] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** The program's file itself: what lies in node_modules/.bin is no script of Node's on every platform. @param {Step} step */
function programOf(step) {
  const manifest = join(cloneDir, 'node_modules', step.package, 'package.json');
  const { bin } = /** @type {{ bin: string | Record<string, string> }} */ (readJsonFile(manifest));
  const file = typeof bin === 'string' ? bin : bin[step.program ?? step.package];
  if (!file) throw new Error(`The package ${step.package} brings no such program.`);
  return join(cloneDir, 'node_modules', step.package, file);
}

/**
 * @param {Step} step
 * @param {string} reportFile
 * @returns {import('./test-steps.mjs').Counts}
 */
function readCounts(step, reportFile) {
  try {
    const counts = step.count?.(JSON.parse(readFileSync(reportFile, 'utf8')));
    if (counts) return counts;
  } catch {
    console.error(`${step.name} ended without a report, so it counts as one failure.`);
  }
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {Result[]} all
 * @returns {number} the exit code
 */
function summarise(all) {
  console.log('');
  for (const { name, passed, failed, skipped, seconds } of all) {
    const left = skipped > 0 ? `, ${skipped} skipped` : '';
    const line = `${passed} passed, ${failed} failed${left}`;
    console.log(`${failed > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(8)} ${line} (${seconds.toFixed(1)} s)`);
  }
  const passed = all.reduce((sum, each) => sum + each.passed, 0);
  const failed = all.reduce((sum, each) => sum + each.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}
