import { CasementError } from '../../contract/errors';
import { gateWords, type ExportPart } from '../../contract/words/gate';
import { locateLeak, type LeakCheck } from '../leak-check';

/** Describes some of the bytes of an export. */
interface Checked {
  part: ExportPart;
  /** The name that the user sees: that of the part, perhaps with an entry or stream in it. */
  name: string;
}

/**
 * Checks bytes before anything is written. Throws `leak-refused` with the location, the count and what the user can change, but never
 * with the values found.
 */
export function assertNoLeak(check: LeakCheck, bytes: Uint8Array, { part, name }: Checked): void {
  const { count, at, why } = check.check(bytes);
  if (count === 0) return;
  if (why === 'opaque') throw opaquePart(name, count);
  const location = gateWords.locations[locateLeak(bytes, at)];
  const { advice = location.advice }: { name: string; advice?: string } = gateWords.parts[part];
  throw new CasementError('leak-refused', {
    channel: location.name === '' ? name : `${name}: ${location.name}`,
    count,
    advice,
  });
}

/** Returns the error for bytes that cannot be read and therefore not be checked. */
export function opaquePart(name: string, count = 1): CasementError {
  return new CasementError('leak-refused', {
    channel: `${name}: ${gateWords.opaque}`,
    count,
    advice: gateWords.opaqueAdvice,
  });
}
