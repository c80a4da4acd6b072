import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { cloneDir } from './bootstrap/paths.mjs';
import { describeThrown, PlainError } from './bootstrap/plain-error.mjs';
import { packageProgram } from './package-program.mjs';
import { steps } from './test-steps.mjs';

/** @typedef {import('./test-steps.mjs').Step} Step */
/** @typedef {import('./test-steps.mjs').Counts & { name: string, seconds: number }} Result */

/** @type {Result[]} */
const results = [];
try {
  const chosen = chooseSteps();
  await bootstrap({ for: chosen.some((step) => step.count) ? 'test' : 'check' });
  // Steps that drive windows wait for most of their time and keep one core busy, so they run beside the others.
  const lanes = [chosen.filter((step) => step.hasWindows), chosen.filter((step) => !step.hasWindows)];
  const isShared = lanes.every((lane) => lane.length > 0);
  const runLane = async (/** @type {Step[]} */ lane) => {
    for (const step of lane) results.push(await runStep(step, isShared));
  };
  await Promise.all(lanes.map(runLane));
} catch (error) {
  console.error(describeThrown(error));
  results.push({ name: 'set-up', passed: 0, failed: 1, skipped: 0, seconds: 0 });
}
process.exitCode = summarise(results);

/**
 * Reads `--only=NAME,…` and, with one step, the files that it runs.
 * @returns {Step[]}
 */
function chooseSteps() {
  const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
  const names = values.only?.split(',') ?? steps.map((step) => step.name);
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    const known = steps.map((step) => step.name).join(', ');
    throw new PlainError(`Unknown test step: ${unknown.join(', ')}. Choose among ${known}.`);
  }
  const chosen = steps.filter((step) => names.includes(step.name));
  if (positionals.length === 0) return chosen;
  const [step] = chosen;
  if (!step?.count || chosen.length > 1) {
    throw new PlainError('Files can be named for one test step only, such as --only=unit test/unit/redaction.');
  }
  return [{ ...step, args: [...step.args, ...positionals] }];
}

/**
 * @param {Step} step
 * @param {boolean} isShared  another step prints at the same time, so each line starts with the step's name
 * @returns {Promise<Result>}
 */
async function runStep(step, isShared) {
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'casement-test-'));
  const reportFile = join(folder, 'report.json');
  const reporter = step.report?.(reportFile);
  console.log(`\n== ${step.name}`);
  const args = [packageProgram(step.package, step.program), ...step.args, ...(reporter?.args ?? [])];
  const code = await run(args, reporter?.env ?? {}, isShared ? `${step.name.padEnd(8)}| ` : undefined);
  const counts = step.count ? readCounts(step, reportFile) : { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  rmSync(folder, { recursive: true });
  // A program that exits with an error has failed, whatever its report says.
  const failed = code === 0 ? counts.failed : Math.max(counts.failed, 1);
  return { ...counts, failed, name: step.name, seconds: (Date.now() - started) / 1000 };
}

/**
 * Runs a program of the test run.
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {string | undefined} prefix  of each line that it prints
 * @returns {Promise<number>} the exit code
 */
function run(args, env, prefix) {
  return new Promise((resolve) => {
    const target = prefix === undefined ? 'inherit' : 'pipe';
    const options = { cwd: cloneDir, env: { ...process.env, ...env } };
    const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', target, target] });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => console.log(`${prefix}${line}`));
    }
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * @param {Step} step
 * @param {string} reportFile
 * @returns {import('./test-steps.mjs').Counts}
 */
function readCounts(step, reportFile) {
  try {
    /** @type {unknown} */
    const report = JSON.parse(readFileSync(reportFile, 'utf8'));
    printSlowest(step.times?.(report) ?? []);
    const counts = step.count?.(report);
    if (counts) return counts;
  } catch {
    console.error(`${step.name} wrote no report, which counts as one failure.`);
  }
  return { passed: 0, failed: 1, skipped: 0 };
}

/** @param {import('./test-steps.mjs').FileTime[]} times */
function printSlowest(times) {
  const slowest = times.sort((a, b) => b.seconds - a.seconds).slice(0, 15);
  const total = times.reduce((sum, { seconds }) => sum + seconds, 0);
  if (slowest.length > 0) console.log(`\nSlowest of ${times.length} files (${total.toFixed(0)} s in all):`);
  for (const { file, seconds } of slowest) {
    console.log(`${seconds.toFixed(1).padStart(7)} s  ${relative(cloneDir, file)}`);
  }
}

/**
 * @param {Result[]} all
 * @returns {number} the exit code
 */
function summarise(all) {
  console.log('');
  for (const { name, passed, failed, skipped, seconds } of all) {
    const skippedText = skipped > 0 ? `, ${skipped} skipped` : '';
    const counts = `${passed} passed, ${failed} failed${skippedText}`;
    console.log(`${failed > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(8)} ${counts} (${seconds.toFixed(1)} s)`);
  }
  const passed = all.reduce((sum, each) => sum + each.passed, 0);
  const failed = all.reduce((sum, each) => sum + each.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}
