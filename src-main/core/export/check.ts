import { CasementError, type ErrorDetails } from '../../contract/errors';
import { gateWords, isUserWritten, type ExportPart, type LeakLocation } from '../../contract/words/gate';
import { kindOfFound, locateLeak, momentOfLeak, type Found, type LeakCheck } from '../leak-check';

/** Describes some of the bytes of an export. */
interface Checked {
  part: ExportPart;
  /** The name that the user sees: that of the part, perhaps with an entry or stream in it. */
  name: string;
  /** The start of each session on the clock of the export, ms. */
  starts?: readonly number[] | undefined;
}

/** Takes what the gate finds in the parts that are redacted, so that a second redaction can hide it. */
export interface Finds {
  /** True if the user agreed that private values are masked in the texts that the user wrote. */
  readonly hidesOwnTexts: boolean;
  add(found: Found, location: LeakLocation): void;
}

/**
 * Checks bytes before anything is written. Returns `leak-refused` with the location, the count and what the user can change, but never
 * with the values found: those go to `finds` only, and only those that a second redaction can hide. What only the gate finds in
 * a user's own text is masked if the user agrees. Returns undefined if nothing was found.
 */
export function findLeak(
  check: LeakCheck,
  bytes: Uint8Array,
  { part, name, starts = [] }: Checked,
  finds?: Finds,
): CasementError | undefined {
  const { count, at, why, originals } = check.check(bytes);
  if (count === 0) return undefined;
  if (why === 'opaque') return opaquePart(name, count);
  if (!isUserWritten(part) || finds?.hidesOwnTexts)
    for (const found of originals) finds?.add(found, locateLeak(bytes, found.at));
  const location = gateWords.locations[locateLeak(bytes, at)];
  const { advice = location.advice }: { name: string; advice?: string } = gateWords.parts[part];
  return new CasementError('leak-refused', {
    channel: location.name === '' ? name : `${name}: ${location.name}`,
    count,
    advice,
    part,
    kind: kindOfFound(originals[0]?.of ?? ''),
    ...whereIs(bytes, at, name, starts),
  });
}

/** Returns the session, the moment and the element of a leak, as far as they are known. */
function whereIs(bytes: Uint8Array, at: number, name: string, starts: readonly number[]): ErrorDetails {
  const session = Number(/(?:^|[ /])r(\d+)[/.]/.exec(name)?.[1] ?? (starts.length === 1 ? 1 : NaN));
  const { timestamp, atMs, element } = momentOfLeak(bytes, at);
  const start = starts[session - 1];
  const moment = atMs ?? (timestamp === undefined || start === undefined ? undefined : timestamp - start);
  return {
    ...(!Number.isNaN(session) && { session }),
    ...(moment !== undefined && moment >= 0 && { atMs: moment }),
    ...(element !== undefined && { element }),
  };
}

/** Returns the error for bytes that cannot be read and therefore not be checked. */
export function opaquePart(name: string, count = 1): CasementError {
  return new CasementError('leak-refused', {
    channel: `${name}: ${gateWords.opaque}`,
    count,
    advice: gateWords.opaqueAdvice,
  });
}
