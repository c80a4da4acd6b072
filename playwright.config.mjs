import { defineConfig } from '@playwright/test';
import { hangLimitMs } from './scripts/time-limits.mjs';

// End-to-end tests in the real Electron, with its sandbox on. They run one at a time, because each drives several processes.
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  timeout: 4 * hangLimitMs,
  // A second attempt distinguishes a busy machine from a broken promise. The list reporter reports such a test as flaky.
  retries: 1,
  expect: { timeout: hangLimitMs },
  reporter: 'list',
  outputDir: 'test-results',
});
