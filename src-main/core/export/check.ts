import { CasementError } from '../../contract/errors';
import type { LeakCheck } from '../redaction/leak-check';

/** What closes each channel that the gate can name, in words for the user. */
const advice: Record<string, string> = {
  note: 'Change the note, or leave the notes out.',
  title: 'Give the export another title.',
  'file name': 'Save it under another name.',
};

/**
 * The gate before anything is written. Errors: leak-refused, which says where and how often, never what.
 */
export function assertNoLeak(check: LeakCheck, bytes: Uint8Array, channel: string): void {
  const count = check.check(bytes);
  if (count === 0) return;
  throw new CasementError('leak-refused', {
    channel,
    count,
    advice: advice[channel] ?? 'Choose the policy “everything-hidden”, and tell us which recording it was.',
  });
}
