import { toDiskError } from '../node/files/disk-errors';
import { printError } from './run';
import type { Terminal } from './terminal';

/** Returns the exit code when stdout fails. A reader that closes early (`| head`) isn't an error; a full disk is. */
export function endOnBrokenOutput(error: Error, terminal: Pick<Terminal, 'print' | 'isDebug'>): number {
  if ('code' in error && error.code === 'EPIPE') return 0;
  return printError(toDiskError(error), terminal);
}
