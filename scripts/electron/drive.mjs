import { _electron } from '@playwright/test';
import { electronLaunch } from './launch.mjs';

/**
 * Starts the application for Playwright to drive. What is ready waits until Playwright is connected (`loader/main.cjs`).
 * @param {Parameters<typeof electronLaunch>[0]} options
 * @returns {Promise<import('@playwright/test').ElectronApplication>}
 */
export function driveApp({ env, ...options }) {
  return _electron.launch(electronLaunch({ ...options, env: { ...env, CASEMENT_DRIVEN: '1' } }));
}
