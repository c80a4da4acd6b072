import { CasementError } from '../../contract/errors';
import { gateWords } from '../../contract/words/gate';
import { placeAt, type LeakCheck } from '../leak-check';

/**
 * The gate before anything is written. `channel`: which part of the export these bytes are. Errors: leak-refused, which says where, how
 * often and what closes it, never what was found.
 */
export function assertNoLeak(check: LeakCheck, bytes: Uint8Array, channel: string): void {
  const { count, at, why } = check.check(bytes);
  if (count === 0) return;
  if (why === 'opaque') throw opaquePart(channel, count);
  const place = gateWords.places[placeAt(bytes, at)];
  throw new CasementError('leak-refused', {
    channel: place.name === '' ? channel : `${channel}: ${place.name}`,
    count,
    advice: isOwnPart(channel) ? gateWords.parts[channel] : place.advice,
  });
}

/** The refusal of a part of which nobody knows what it holds. */
export function opaquePart(channel: string, count = 1): CasementError {
  return new CasementError('leak-refused', {
    channel: `${channel}: ${gateWords.opaque}`,
    count,
    advice: gateWords.opaqueAdvice,
  });
}

function isOwnPart(channel: string): channel is keyof typeof gateWords.parts {
  return Object.hasOwn(gateWords.parts, channel);
}
