import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { Moment } from '../read-moment';

/** A personal key may ask for so many blocks at once. */
const batchSize = 20;

const Listed = v.object({
  source: v.pipe(v.string(), v.maxLength(40)),
  start_timestamp: v.nullish(Moment),
  end_timestamp: v.nullish(Moment),
  blob_key: v.nullish(v.pipe(v.string(), v.maxLength(1000))),
});
/** What a recording is made of, as `…/snapshots` without a source lists it. */
export const BlockList = v.object({ sources: v.pipe(v.array(Listed), v.maxLength(50_000)) });
type Listed = v.InferOutput<typeof Listed>;

export interface Block {
  key: string;
  /** Of its first and last event, in ms; undefined where the list doesn't tell. */
  startMs: number | undefined;
  endMs: number | undefined;
}

/** One question for some of a recording's blocks. */
export interface BlockStep {
  query: Readonly<Record<string, string>>;
  blocks: Block[];
}

/** In which of its ways PostHog stores a recording. */
type Storage = 'blob_v2_lts' | 'blob_v2' | 'blob';

export interface BlockPlan {
  storage: Storage;
  blocks: Block[];
  steps: BlockStep[];
  /** How many of `blocks` are left out at the start, since they came before. */
  done: number;
  /** Events of the last minutes that are in no block yet come by this question, each time all of them. */
  realtime: BlockStep | undefined;
  /** Of the last event that is known of, in ms. */
  lastMs: number | undefined;
}

/**
 * What to ask for, in which order. Where the newer storage is there, the older ones hold the same events once more and are left out.
 * `resume` is one of `writeResume`; Errors: remote-changed for one that doesn't fit the
 * list any more, since blocks came in before its own.
 */
export function planBlocks(sources: readonly Listed[], resume: string | undefined): BlockPlan {
  const storage = (['blob_v2_lts', 'blob_v2', 'blob'] as const).find((name) => has(sources, name)) ?? 'blob';
  const blocks = sources.filter(({ source }) => source === storage).map(toBlock);
  if (storage === 'blob_v2') blocks.sort((a, b) => numberOf(a) - numberOf(b));
  const done = readResume(resume, storage, blocks);
  const left = blocks.slice(done);
  const steps = storage === 'blob_v2' ? batch(left) : left.map((block) => oneBlock(storage, block));
  const isOld = storage === 'blob' && has(sources, 'realtime');
  const ends = sources.flatMap(({ start_timestamp, end_timestamp }) => end_timestamp ?? start_timestamp ?? []);
  return {
    storage,
    blocks,
    steps,
    done,
    realtime: isOld ? { query: { source: 'realtime' }, blocks: [] } : undefined,
    lastMs: ends.length > 0 ? ends.reduce((a, b) => Math.max(a, b)) : undefined,
  };
}

/** The question for one block of `blob_v2` by itself. */
export function aloneStep(block: Block): BlockStep {
  return { query: { source: 'blob_v2', start_blob_key: block.key, end_blob_key: block.key }, blocks: [block] };
}

/** Says that the first `done` blocks are there. The time of the last one tells whether a later list still begins the same. */
export function writeResume({ storage, blocks }: BlockPlan, done: number): string | undefined {
  // What lies in long-term storage is one file, which is there or not.
  if (storage === 'blob_v2_lts' || done === 0) return undefined;
  return `${storage}:${done}:${blocks[done - 1]?.startMs ?? ''}`;
}

function readResume(resume: string | undefined, storage: Storage, blocks: readonly Block[]): number {
  if (resume === undefined) return 0;
  const match = /^(\w+):(\d{1,6}):(\d*)$/.exec(resume);
  if (!match || match[1] !== storage) throw new CasementError('remote-changed');
  const done = Number(match[2]);
  const last = blocks[done - 1];
  if (!last || String(last.startMs ?? '') !== match[3]) throw new CasementError('remote-changed');
  return done;
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

/** Keys that follow each other, as many at once as may be asked for. */
function batch(blocks: readonly Block[]): BlockStep[] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && run.length < batchSize && numberOf(block) === numberOf(last) + 1) run.push(block);
    else runs.push([block]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return [];
    return [{ query: { source: 'blob_v2', start_blob_key: first.key, end_blob_key: last.key }, blocks: run }];
  });
}

const oneBlock = (source: string, block: Block): BlockStep => ({
  query: { source, blob_key: block.key },
  blocks: [block],
});

const misfit = (): CasementError => new CasementError('remote-shape', { place: 'sources.blob_key' });
