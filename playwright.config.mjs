import { defineConfig } from '@playwright/test';

// End-to-end tests in the real Electron, sandbox on. One at a time: two cores drive several processes each.
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  timeout: 90_000,
  // A second try tells a machine that was busy from a promise that is broken; the list reporter calls such a test flaky, so it isn't hidden.
  retries: 1,
  expect: { timeout: 20_000 },
  reporter: 'list',
  outputDir: 'test-results',
});
