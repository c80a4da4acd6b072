import { toDiskError } from '../node/files/disk-errors';
import { sayError } from './run';
import type { Terminal } from './terminal';

/** What the process ends with when stdout fails: a reader that has seen enough (`| head`) is no error, a full disk is one. */
export function endOnBrokenOutput(error: Error, terminal: Pick<Terminal, 'say' | 'isDebug'>): number {
  if ('code' in error && error.code === 'EPIPE') return 0;
  return sayError(toDiskError(error), terminal);
}
