import { _electron } from '@playwright/test';
import { hangLimitMs } from '../time-limits.mjs';
import { electronLaunch } from './launch.mjs';

/**
 * Starts the application for Playwright to drive. The app starts once Playwright is connected (`loader/main.cjs`).
 * @param {Parameters<typeof electronLaunch>[0]} options
 * @returns {Promise<import('@playwright/test').ElectronApplication>}
 */
export async function driveApp({ env, ...options }) {
  const launch = electronLaunch({ ...options, env: { ...env, CASEMENT_DRIVEN: '1' } });
  const app = await _electron.launch({ ...launch, timeout: hangLimitMs });
  app.context().setDefaultTimeout(hangLimitMs);
  return app;
}
