/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ file: string, seconds: number }} FileTime
 */

/**
 * A program of the test run.
 * @typedef {object} Step
 * @property {string} name
 * @property {string} package  the package that provides the program
 * @property {string} [program]  its name if it differs from the package's
 * @property {string[]} args
 * @property {boolean} [hasWindows]  it drives windows of a browser or of the app
 * @property {(reportFile: string) => { args: string[], env: Record<string, string> }} [report]  arguments and variables that make it write a report
 * @property {(report: any) => FileTime[]} [times]  reads from the report how long each file took
 * @property {(report: any) => Counts} [count]  reads the report; a step without it is one check and counts as one test
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
    args: ['run', '--reporter=default', '--exclude=test/{replay-fidelity,visual,corpus}/**'],
    report: (file) => ({ args: ['--reporter=json', `--outputFile.json=${file}`], env: {} }),
    count: countVitest,
    times: timeVitest,
  },
  {
    // Separate from the unit step and one file at a time: each of these files drives a browser.
    name: 'browser',
    hasWindows: true,
    package: 'vitest',
    args: ['run', 'test/replay-fidelity', 'test/visual', 'test/corpus', '--reporter=default', '--maxWorkers=1'],
    report: (file) => ({ args: ['--reporter=json', `--outputFile.json=${file}`], env: {} }),
    count: countVitest,
    times: timeVitest,
  },
  {
    name: 'e2e',
    hasWindows: true,
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
    // A file that fails to load has no tests, so it counts as one failure.
    return tests === 0 && status === 'failed' ? 1 : tests;
  });
  return {
    passed: report.numPassedTests,
    failed: failed.reduce((sum, each) => sum + each, 0),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {{ testResults: { name: string, startTime: number, endTime: number }[] }} report
 * @returns {FileTime[]}
 */
function timeVitest({ testResults }) {
  return testResults.map(({ name, startTime, endTime }) => ({ file: name, seconds: (endTime - startTime) / 1000 }));
}

/**
 * @param {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number } }} report
 * @returns {Counts}
 */
function countPlaywright({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}
