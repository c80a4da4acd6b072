import { CasementError, matchesCode } from '../../contract/errors';
import type { SessionEvent } from '../../contract/recorded-event';
import type { Damage, RecordingFacts } from '../../contract/session';
import { damageWords, unreadableWords } from '../../contract/words/recording';
import {
  FarOutOfOrder,
  readRecording,
  type Reading,
  type ReadingOptions,
} from '../../core/recording/normalise/normalise';
import { openRecordings, type RecordingInput } from '../../core/recording/parse';
import { isForeign } from './sniff-file';
import { inflatePorts } from './inflate-ports';

/** A recording of a file. An archive contains several, each with a name or an error. */
export interface FoundRecording {
  name: string;
  events: SessionEvent[];
  facts: RecordingFacts;
}

export interface RefusedRecording {
  name: string;
  error: CasementError;
}

/**
 * Reads a recording on the assumption that it is nearly sorted, as most are. If it isn't, reads it again and sorts it,
 * in the scratch store if it doesn't fit into memory.
 */
export async function readInAnyOrder<T>(
  input: RecordingInput,
  use: (reading: Reading) => Promise<T>,
  options: Omit<ReadingOptions, 'order'> = {},
): Promise<T> {
  try {
    return await use(readRecording(input, inflatePorts, { ...options, order: 'nearly-sorted' }));
  } catch (error) {
    if (!(error instanceof FarOutOfOrder)) throw error;
    return use(readRecording(input, inflatePorts, { ...options, order: 'any' }));
  }
}

/** The result for each recording of a file. */
export interface ReadFile<T> {
  found: ({ name: string; facts: RecordingFacts } & T)[];
  refused: RefusedRecording[];
  /** Damage outside the recordings; also in the facts of the first one. */
  damageAround: Damage[];
}

/**
 * Reads all recordings of a file, one after the other. A member of an archive that can't be read does not stop the
 * others; one that is not a recording is counted in the damage of the first recording. `use` gets each recording's
 * index in the file, from 0; unwanted ones are skipped. Throws recording-* if nothing could be read.
 */
export async function readEach<T>(
  input: RecordingInput,
  use: (reading: Reading, name: string, index: number) => Promise<T>,
  { isWanted = () => true, ...options }: EachOptions = {},
): Promise<ReadFile<T>> {
  const found: ReadFile<T>['found'] = [];
  const refused: RefusedRecording[] = [];
  let foreign = 0;
  let unwanted = 0;
  const opened = openRecordings(input, inflatePorts);
  let next = 0;
  for await (const { name, input: member } of opened) {
    const index = next++;
    if (!isWanted(index)) {
      unwanted++;
      continue;
    }
    try {
      found.push({
        name,
        ...(await readInAnyOrder(
          member,
          async (reading) => ({ ...(await use(reading, name, index)), facts: reading.facts() }),
          options,
        )),
      });
    } catch (error) {
      if (!(error instanceof CasementError)) throw error;
      if (name === '') throw error;
      // Archives contain empty files for many reasons.
      if (matchesCode(error.code, 'recording-empty') || (await isForeign(member, name, error))) foreign++;
      else refused.push({ name, error });
    }
  }
  const damageAround = opened.damage();
  const [first] = found;
  if (!first) {
    if (unwanted === 0) throw refused[0]?.error ?? noRecording();
    return { found, refused, damageAround };
  }
  if (foreign > 0) damageAround.push({ reason: damageWords.memberUnreadable, count: foreign });
  first.facts = { ...first.facts, damage: [...damageAround, ...first.facts.damage] };
  return { found, refused, damageAround };
}

interface EachOptions extends Omit<ReadingOptions, 'order'> {
  isWanted?: (index: number) => boolean;
}

/** Reads all recordings of a file into memory. Throws as `readEach`. */
export async function readRecordings(
  input: RecordingInput,
): Promise<{ found: FoundRecording[]; refused: RefusedRecording[] }> {
  return readEach(input, async ({ items }) => {
    const events: SessionEvent[] = [];
    for await (const batch of items) {
      for (const item of batch) if (item.kind === 'event') events.push({ windowId: item.windowId, event: item.event });
    }
    return { events };
  });
}

function noRecording(): CasementError {
  return new CasementError('recording-unreadable', { reason: unreadableWords.emptyArchive });
}
