import { CasementError } from '../../../src-main/contract/errors';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import type { Damage } from '../../../src-main/contract/session';
import {
  FarOutOfOrder,
  readRecording,
  type LostEvent,
  type Reading,
  type ReadingOptions,
} from '../../../src-main/core/recording/normalise/normalise';
import { inputOf, type ParseLimits, type RecordingInput } from '../../../src-main/core/recording/parse';
import { inflatePorts } from '../../../src-main/node/intake/inflate-ports';

export interface ReadAll {
  events: SessionEvent[];
  /** The text of each event, if it was passed on. */
  jsons: (string | undefined)[];
  lost: LostEvent[];
  /** Counts of losses by reason. */
  damage: Damage[];
  reading: Reading;
}

export interface ReadAllOptions extends Partial<ReadingOptions> {
  limits?: Partial<ParseLimits>;
  /** Bytes in one piece of the input. */
  pieceBytes?: number;
}

/** Reads everything from one recording's bytes, for tests. */
export async function readAll(bytes: Uint8Array, options: ReadAllOptions = {}): Promise<ReadAll> {
  const reading = readRecording(inPieces(bytes, options.pieceBytes), inflatePorts, {
    order: 'nearly-sorted',
    ...options,
  });
  const found: ReadAll = { events: [], jsons: [], lost: [], damage: [], reading };
  const counts = new Map<string, number>();
  for await (const batch of reading.items) {
    for (const item of batch) {
      if (item.kind === 'event') {
        found.events.push({ windowId: item.windowId, event: item.event });
        found.jsons.push(item.json && new TextDecoder().decode(item.json));
      } else {
        found.lost.push({ windowId: item.windowId, at: item.at, reason: item.reason });
        counts.set(item.reason, (counts.get(item.reason) ?? 0) + 1);
      }
    }
  }
  found.damage = [...counts].map(([reason, count]) => ({ reason, count }));
  return found;
}

/** Reads a recording, and again in any order if it is far out of order, as every caller does. */
export async function readAllInAnyOrder(bytes: Uint8Array, options: ReadAllOptions = {}): Promise<ReadAll> {
  try {
    return await readAll(bytes, options);
  } catch (error) {
    if (!(error instanceof FarOutOfOrder)) throw error;
    return readAll(bytes, { ...options, order: 'any' });
  }
}

/** Returns the error with which a recording is refused. */
export async function failureOf(work: Promise<unknown>): Promise<CasementError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CasementError) return error;
    throw error;
  }
  throw new Error('it was read');
}

export function inPieces(bytes: Uint8Array, pieceBytes = bytes.length): RecordingInput {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes) pieces.push(bytes.slice(start, start + pieceBytes));
  return inputOf(...pieces);
}
