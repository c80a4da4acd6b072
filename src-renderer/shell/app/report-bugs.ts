import type { Bug } from '../../../src-main/contract/diagnostics';
import { describeBug } from '../../../src-main/contract/shared/describe-bug';
import { call } from './bridge';

/** The most reports while the window is open, so that an error in a loop doesn't flood the main process. */
const mostReports = 100;
let reports = 0;

/** Reports an unexpected error for the diagnostic log. */
export function reportBug(origin: 'shell' | 'replay', bug: Bug): void {
  if (++reports > mostReports) return;
  // A report that fails can't be reported.
  call('diagnostics.report', { origin, bug }).catch(() => undefined);
}

export function logError(error: unknown): void {
  reportBug('shell', describeBug(error, `${location.protocol}//${location.host}/`));
}

/** Reports every error of the shell that nothing catches. */
export function reportUncaughtErrors(): void {
  window.addEventListener('error', ({ error }) => logError(error));
  window.addEventListener('unhandledrejection', ({ reason }) => logError(reason));
}
