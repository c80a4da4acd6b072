import * as v from 'valibot';
import { Bug, LoggedBug } from '../diagnostics';
import { empty } from './empty';

export const diagnosticsRequests = {
  /** Newest first. */
  'diagnostics.list': { input: empty, output: v.array(LoggedBug) },
  /** Copies the log to the clipboard, as text. */
  'diagnostics.copy': { input: empty, output: empty },
  'diagnostics.clear': { input: empty, output: empty },
  /** Reports an unexpected error of the shell or of a replay frame. */
  'diagnostics.report': { input: v.strictObject({ origin: v.picklist(['shell', 'replay']), bug: Bug }), output: empty },
} as const;
