import { CasementError } from '../../contract/errors';

const codes: Record<string, 'disk-full' | 'disk-denied' | 'file-missing'> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EACCES: 'disk-denied',
  EPERM: 'disk-denied',
  EROFS: 'disk-denied',
  ENOENT: 'file-missing',
};

/**
 * Runs a step on the disk and converts system errors to codes. The system's messages contain paths, so they are
 * dropped.
 */
export async function onDisk<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw toDiskError(error);
  }
}

/** Returns the Casement error for a system error; any other error unchanged. */
export function toDiskError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const known = codes[error.code];
  if (known) return new CasementError(known);
  return 'syscall' in error ? new CasementError('disk-failed', { reason: error.code }) : error;
}
