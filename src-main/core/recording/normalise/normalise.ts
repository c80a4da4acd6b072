import type { SessionEvent } from '../../../contract/recorded-event';
import type { RecordingFacts } from '../../../contract/session';
import { unreadableWords } from '../../../contract/words/recording';
import { CasementError, hasCode } from '../../../contract/errors';
import { ExternalSort, type ScratchStore } from './external-sort';
import { PendingCodec } from './pending-codec';
import { ItemFinisher } from './finish-items';
import { Intake } from './intake';
import type { NormalisedItem } from './normalised-item';
import { ReorderBuffer } from './order';
import { ByteBudget, ByteWindow } from '../parse/byte-window';
import { FieldInflater, gzipDamageWords, type GzipDamage, type InflatePorts } from '../parse/inflate';
import { openText, type RecordingInput } from '../parse/input';
import { ItemReader } from '../parse/item-reader';
import { defaultLimits, type ParseLimits } from '../parse/limits';
import { RecordingParser } from '../parse/recording-parser';
import type { Pending } from './pending';

export { hasPage, kindOf } from './facts';
export { FarOutOfOrder } from './order';
export type { ScratchStore } from './external-sort';
export type { LostEvent, NormalisedItem } from './normalised-item';

/** One pass over a recording. At most the last few thousand events are in memory. */
export interface Reading {
  /**
   * The events in order of time, and the losses between them, in batches of a few hundred. Can be read once.
   * Throws FarOutOfOrder; recording-empty, recording-truncated and recording-unreadable if nothing could be read;
   * recording-too-large; and the errors of the input.
   */
  items: AsyncIterable<NormalisedItem[]>;
  /** Returns facts about the recording, after its last item. */
  facts(): RecordingFacts;
  /** The number of each window by its id in the recording; known after the last item. */
  windowNumbers(): Record<string, string>;
  /** The recording's own title, if it has one; known after the last item. */
  title(): string | undefined;
}

export interface ReadingOptions {
  limits?: Partial<ParseLimits>;
  /**
   * `nearly-sorted` reads once and throws FarOutOfOrder if the events are further out of order than the buffer allows. `any` sorts any
   * number of events, in `scratch` if they don't fit into memory.
   */
  order: 'nearly-sorted' | 'any';
  scratch?: ScratchStore;
  /** Called with the reason if a recording exceeds the limits, which then ends there. Without it, such a recording is refused. */
  onOverflow?: ((error: CasementError) => void) | undefined;
  /** Keep for recordings that Casement wrote: redaction can make different events equal. Default: drop. */
  repeats?: 'drop' | 'keep';
  /** The numbers that an earlier reading gave to the windows of this recording. */
  windowNumbers?: Readonly<Record<string, string>>;
}

const batchItems = 512;

/**
 * Reads a recording of any known shape. The events are checked, in order of time and without repeats. Every full snapshot has a Meta
 * before it, and windows are numbered. Losses are among the items. The facts count them, and the added events.
 */
export function readRecording(input: RecordingInput, ports: InflatePorts, options: ReadingOptions): Reading {
  const finisher = new ItemFinisher(options.repeats ?? 'drop', options.windowNumbers);
  let outcome: { format: string; title: string | undefined } | undefined;
  const afterEnd = (): { format: string; title: string | undefined } => {
    if (!outcome) throw new RangeError('the recording has not been read to its end');
    return outcome;
  };
  return {
    items: readItems(input, ports, options, finisher, (result) => (outcome = result)),
    facts: () => finisher.facts.finish(afterEnd().format),
    windowNumbers: () => finisher.numbers.list(),
    title: () => afterEnd().title,
  };
}

async function* readItems(
  input: RecordingInput,
  ports: InflatePorts,
  { limits: given, order, scratch, onOverflow }: ReadingOptions,
  finisher: ItemFinisher,
  onEnd: (outcome: { format: string; title: string | undefined }) => void,
): AsyncGenerator<NormalisedItem[]> {
  const limits = { ...defaultLimits, ...given };
  const buffer = new ReorderBuffer(limits);
  const sort =
    order === 'any' ? new ExternalSort(scratch ?? createMemoryStore(), limits.runBytes, new PendingCodec()) : undefined;
  const intake = sort
    ? new Intake(
        limits,
        (item) => sort.push(item),
        () => sort.isFull,
      )
    : new Intake(
        limits,
        (item) => buffer.push(item),
        () => buffer.heldBytes > 2 * limits.reorderBytes,
      );

  const budget = new ByteBudget(limits.inflatedBytes);
  const gzipDamage = new Set<GzipDamage>();
  const text = openText(input, ports, (damage) => {
    gzipDamage.add(damage);
    finisher.facts.damage.add(gzipDamageWords[damage]);
  });
  const window = new ByteWindow(text, limits.blockBytes, budget.spend);
  const reader = new ItemReader(new FieldInflater(ports, limits, budget), limits.depth, intake);
  const parser = new RecordingParser(window, reader, intake, limits);
  const endAtOverflow = (error: unknown): false => {
    if (!onOverflow || !hasCode(error, 'recording-too-large')) throw error;
    onOverflow(error);
    return false;
  };

  try {
    for (let hasMore = true; hasMore;) {
      hasMore = await parser.next().catch(endAtOverflow);
      if (!hasMore) intake.settle();
      if (sort?.isFull) await sort.writeRun();
      else if (!sort) yield* finishInBatches(buffer, finisher, !hasMore);
    }
  } finally {
    await window.close();
  }
  if (sort) {
    for await (const batch of sort.merge()) {
      for (const item of batch) buffer.push(item);
      yield* finishInBatches(buffer, finisher, false);
    }
    yield* finishInBatches(buffer, finisher, true);
  }

  const { outcome } = parser;
  if (gzipDamage.has('cut-off')) outcome.isCutOff = true;
  if (finisher.facts.events === 0) {
    if (gzipDamage.has('damaged')) {
      throw new CasementError('recording-unreadable', { reason: unreadableWords.compressed });
    }
    throw outcome.noEventsError(finisher.facts.damage.list().map(({ reason }) => reason));
  }
  onEnd({ format: outcome.format, title: outcome.title });
}

function* finishInBatches(buffer: ReorderBuffer, finisher: ItemFinisher, isEnd: boolean): Generator<NormalisedItem[]> {
  const released: readonly Pending[] = buffer.release(isEnd);
  if (released.length === 0) return;
  const items = finisher.finish(released, buffer.ahead);
  for (let start = 0; start < items.length; start += batchItems) yield items.slice(start, start + batchItems);
}

/** Reads a recording that is in memory anyway. */
export function createMemoryStore(): ScratchStore {
  const written: Uint8Array[] = [];
  return {
    write: (bytes) => Promise.resolve(written.push(bytes) - 1),
    read: (ref) => Promise.resolve(written[ref] ?? new Uint8Array()),
  };
}

/**
 * Normalises events that are in memory, in any order. The given events are not changed.
 * Throws recording-empty.
 */
export function normaliseRecording(
  found: { format: string; events: readonly SessionEvent[] },
  { repeats = 'drop' }: Pick<ReadingOptions, 'repeats'> = {},
): { events: SessionEvent[]; facts: RecordingFacts } {
  const held: Pending[] = [];
  const limits = { ...defaultLimits, events: Infinity };
  const intake = new Intake(
    limits,
    (item) => held.push(item),
    () => false,
  );
  for (const { windowId, event } of found.events) intake.addEvent(event, windowId, undefined, 0);
  intake.settle();
  const finisher = new ItemFinisher(repeats);
  held.sort((a, b) => a.order - b.order);
  const events: SessionEvent[] = [];
  for (const item of finisher.finish(held, [])) {
    if (item.kind === 'event') events.push({ windowId: item.windowId, event: item.event });
  }
  return { events, facts: finisher.facts.finish(found.format) };
}
