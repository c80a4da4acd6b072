/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * One program of the test run.
 * @typedef {object} Step
 * @property {string} name
 * @property {string} package  that brings the program
 * @property {string} [program]  where it isn't called like its package
 * @property {string[]} args
 * @property {(reportFile: string) => { args: string[], env: Record<string, string> }} [report]  makes it write a report
 * @property {(report: any) => Counts} [count]  reads it; a step without is one check, which counts as one test
 */

/** @type {Step[]} */
export const steps = [
  { name: 'types', package: 'typescript', program: 'tsc', args: ['-p', 'tsconfig.json', '--noEmit'] },
  { name: 'svelte', package: 'svelte-check', args: ['--tsconfig', './tsconfig.json', '--fail-on-warnings'] },
  { name: 'lint', package: 'eslint', args: ['--max-warnings=0', '.'] },
  { name: 'format', package: 'prettier', args: ['--check', '--log-level=warn', '.'] },
  { name: 'arrows', package: 'dependency-cruiser', program: 'depcruise', args: ['src-main', 'src-renderer'] },
  { name: 'unused', package: 'knip', args: [] },
  {
    name: 'unit',
    package: 'vitest',
    args: ['run', '--reporter=default', '--exclude=test/{replay-fidelity,visual}/**'],
    report: (file) => ({ args: ['--reporter=json', `--outputFile.json=${file}`], env: {} }),
    count: countVitest,
  },
  {
    // Apart from the others: it drives a browser, whose frames come late on a machine that is busy.
    name: 'browser',
    package: 'vitest',
    args: ['run', 'test/replay-fidelity', 'test/visual', '--reporter=default'],
    report: (file) => ({ args: ['--reporter=json', `--outputFile.json=${file}`], env: {} }),
    count: countVitest,
  },
  {
    name: 'e2e',
    package: '@playwright/test',
    program: 'playwright',
    args: ['test'],
    report: (file) => ({ args: ['--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } }),
    count: countPlaywright,
  },
];

/**
 * @param {{ numPassedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Counts}
 */
function countVitest(report) {
  const failed = report.testResults.map(({ status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed').length;
    // A file that can't be loaded has no tests that could fail, so it counts as one itself.
    return tests === 0 && status === 'failed' ? 1 : tests;
  });
  return {
    passed: report.numPassedTests,
    failed: failed.reduce((sum, each) => sum + each, 0),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number } }} report
 * @returns {Counts}
 */
function countPlaywright({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}
