import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { UtcMoment } from '../read-moment';

const Listed = v.object({
  source: v.pipe(v.string(), v.maxLength(40)),
  start_timestamp: v.nullish(UtcMoment),
  end_timestamp: v.nullish(UtcMoment),
  blob_key: v.nullish(v.pipe(v.string(), v.maxLength(1000))),
});
/**
 * The parts of a recording, as `…/snapshots` without a source lists them. Every field but the source may be null or missing (PostHog/posthog,
 * `session_recordings/session_recording_api.py` @004ffdf6, SessionRecordingSourcesSerializer).
 */
export const BlockList = v.object({ sources: v.pipe(v.nullish(v.array(Listed), []), v.maxLength(50_000)) });
type Listed = v.InferOutput<typeof Listed>;

export interface Block {
  key: string;
  /** The times of its first and last event, in ms; undefined if the list has none. */
  startMs: number | undefined;
  endMs: number | undefined;
}

/** One request for some of a recording's blocks. */
export interface BlockStep {
  query: Readonly<Record<string, string>>;
  blocks: Block[];
}

/** The storage formats of PostHog. */
type Storage = 'blob_v2_lts' | 'blob_v2' | 'blob';

export interface BlockPlan {
  storage: Storage;
  blocks: Block[];
  steps: BlockStep[];
  /** The number of `blocks` at the start to skip, because they were already received. */
  done: number;
  /** The number of those that arrived; the platform could not read the others. */
  received: number;
  /** This request returns all events of the last minutes that are not in a block yet. */
  realtime: BlockStep | undefined;
  /** The time of the last known event, in ms. */
  lastMs: number | undefined;
}

/**
 * Returns the requests for a recording, in order. Throws `remote-no-data` for an empty list: PostHog knows the session, so it has events, but
 * its storage did not answer (`list_blocks` returns an empty list for any error). If the newer storage is present, the older ones repeat its events and
 * are skipped. A request asks for at most `batchSize` blocks. `resume` comes from `writeResume`. Throws `remote-changed` if it doesn't match the list any more,
 * because earlier blocks were added.
 */
export function planBlocks(sources: readonly Listed[], resume: string | undefined, batchSize = 20): BlockPlan {
  if (sources.length === 0) throw new CasementError('remote-no-data');
  const storage = (['blob_v2_lts', 'blob_v2', 'blob'] as const).find((name) => has(sources, name)) ?? 'blob';
  const blocks = sources.filter(({ source }) => source === storage).map(toBlock);
  if (storage === 'blob_v2') blocks.sort((a, b) => numberOf(a) - numberOf(b));
  const { done, received } = readResume(resume, storage, blocks);
  const left = blocks.slice(done);
  const steps = storage === 'blob_v2' ? batch(left, batchSize) : left.map((block) => oneBlock(storage, block));
  const isOld = storage === 'blob' && has(sources, 'realtime');
  const ends = sources.flatMap(({ start_timestamp, end_timestamp }) => end_timestamp ?? start_timestamp ?? []);
  return {
    storage,
    blocks,
    steps,
    done,
    received,
    realtime: isOld ? { query: { source: 'realtime' }, blocks: [] } : undefined,
    lastMs: ends.length > 0 ? ends.reduce((a, b) => Math.max(a, b)) : undefined,
  };
}

/** Returns requests of `blob_v2` for some blocks of a batch, each for consecutive ones. Halves the batch if they are all of it. */
export function stepsToRepeat(blocks: Block[], batchLength: number): BlockStep[] {
  if (blocks.length < batchLength || blocks.length < 2) return batch(blocks, batchLength);
  const half = Math.ceil(blocks.length / 2);
  return [...batch(blocks.slice(0, half), batchLength), ...batch(blocks.slice(half), batchLength)];
}

/**
 * Returns the resume token after the first `done` blocks, `received` of which arrived. It contains the last one's time, to detect a
 * list that has changed.
 */
export function writeResume({ storage, blocks }: BlockPlan, done: number, received: number): string | undefined {
  // Long-term storage is a single file, which is complete or missing.
  if (storage === 'blob_v2_lts' || done === 0) return undefined;
  return `${storage}:${done}:${blocks[done - 1]?.startMs ?? ''}:${received}`;
}

function readResume(
  resume: string | undefined,
  storage: Storage,
  blocks: readonly Block[],
): Pick<BlockPlan, 'done' | 'received'> {
  if (resume === undefined) return { done: 0, received: 0 };
  const match = /^(\w+):(\d{1,6}):(\d*):(\d{1,6})$/.exec(resume);
  if (!match || match[1] !== storage) throw new CasementError('remote-changed');
  const done = Number(match[2]);
  const last = blocks[done - 1];
  if (!last || String(last.startMs ?? '') !== match[3]) throw new CasementError('remote-changed');
  return { done, received: Number(match[4]) };
}

const has = (sources: readonly Listed[], name: string): boolean => sources.some(({ source }) => source === name);

function toBlock({ blob_key, start_timestamp, end_timestamp }: Listed): Block {
  if (!blob_key) throw misfit();
  return { key: blob_key, startMs: start_timestamp ?? undefined, endMs: end_timestamp ?? undefined };
}

function numberOf({ key }: Block): number {
  if (!/^\d{1,6}$/.test(key)) throw misfit();
  return Number(key);
}

/**
 * Groups consecutive keys, with at most as many as one request may have. A block without a time is requested alone: nothing would show that a
 * group lacks it.
 */
function batch(blocks: readonly Block[], batchSize: number): BlockStep[] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const isNext = last !== undefined && isTimed(last) && isTimed(block) && numberOf(block) === numberOf(last) + 1;
    if (run && isNext && run.length < batchSize) run.push(block);
    else runs.push([block]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return [];
    return [{ query: { source: 'blob_v2', start_blob_key: first.key, end_blob_key: last.key }, blocks: run }];
  });
}

const isTimed = ({ startMs }: Block): boolean => startMs !== undefined;

const oneBlock = (source: string, block: Block): BlockStep => ({
  query: { source, blob_key: block.key },
  blocks: [block],
});

const misfit = (): CasementError => new CasementError('remote-shape', { place: 'sources.blob_key' });
