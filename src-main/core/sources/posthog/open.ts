import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape } from '../check-reply';
import { isUnreadableBody } from '../read-json';
import type { FetchReply, OpenOptions, OpenRecording, RecordingPart, RecordingState } from '../source';
import { streamDocument } from '../stream-document';
import { expectRecording } from '../whole-file';
import { BlockWatch } from './block-watch';
import {
  BlockList,
  planBlocks,
  stepsToRepeat,
  writeResume,
  type Block,
  type BlockPlan,
  type BlockStep,
} from './blocks';
import type { PostHogProject } from './project';
import { expectPostHog } from './refusal';
import { SessionId } from './search';

const listLimitBytes = 16_000_000;
const shortLimitBytes = 64_000;
/** Events, and their blocks, can arrive this much later. */
const mutableMs = 24 * 60 * 60_000;
/** The least number of requests that repeat blocks; a recording with more blocks may use as many as it has. */
const leastRepeats = 20;

const ErrorBody = v.object({ code: v.nullish(v.unknown()), error: v.nullish(v.unknown()) });

export function openPostHog(project: PostHogProject, remoteId: string, options: OpenOptions = {}): OpenRecording {
  const reading = new Reading(project, remoteId, options);
  return { parts: reading.parts(), facts: () => reading.state() };
}

/** A recording being downloaded, request by request. */
class Reading {
  private mutableUntil: number | undefined;
  /** The blocks that arrived, and those that the list contains. */
  private received = 0;
  private expected = 0;
  private repeatsLeft = 0;

  constructor(
    private readonly project: PostHogProject,
    private readonly remoteId: string,
    private readonly options: OpenOptions,
  ) {}

  state(): RecordingState {
    const { received, expected, mutableUntil } = this;
    return { completeness: [{ unit: 'blocks', received, expected }], mutableUntil };
  }

  async *parts(): AsyncGenerator<RecordingPart> {
    if (!v.is(SessionId, this.remoteId)) throw new CasementError('remote-not-found');
    const plan = await this.plan();
    const isFinal = plan.storage === 'blob_v2_lts' || plan.lastMs === undefined;
    this.mutableUntil = isFinal ? undefined : (plan.lastMs ?? 0) + mutableMs;
    let { done } = plan;
    this.received = plan.received;
    this.expected = plan.blocks.length;
    this.repeatsLeft = Math.max(leastRepeats, plan.blocks.length);
    for (const step of plan.steps) {
      const before = done;
      done += step.blocks.length;
      yield* this.readStep(plan, step, before, done);
    }
    if (plan.realtime) yield* this.readStep(plan, plan.realtime, done, done);
    if (this.received === 0 && this.expected > 0 && !plan.realtime) throw new CasementError('remote-lost');
  }

  private async plan(): Promise<BlockPlan> {
    const reply = await this.ask({});
    await expectPostHog(reply, 'session');
    const { sources } = checkShape(BlockList, await reply.json(listLimitBytes));
    return planBlocks(sources, this.options.resume, this.project.batchSize);
  }

  /** Yields the parts of a step, followed by its missing blocks. Only then is there a new resume token. */
  private async *readStep(
    plan: BlockPlan,
    step: BlockStep,
    before: number,
    done: number,
  ): AsyncGenerator<RecordingPart> {
    const reply = await this.ask(step.query);
    if (await isUnreadable(reply)) return;
    let received = this.received;
    if (plan.storage === 'blob_v2' && step.blocks.length > 1) {
      const missing = yield* this.readBatch(reply, step, plan, before);
      received += step.blocks.length - missing.length;
      received += yield* this.repeat(stepsToRepeat(missing, step.blocks.length), plan, before);
    } else if (yield* this.readAlone(reply, plan, before)) received += step.blocks.length;
    this.received = received;
    const progress = { done, total: plan.blocks.length };
    yield { bytes: new Uint8Array(), isDocumentEnd: true, resume: writeResume(plan, done, received), progress };
  }

  /** Returns the blocks that the batch doesn't prove to contain. */
  private async *readBatch(
    reply: FetchReply,
    step: BlockStep,
    plan: BlockPlan,
    before: number,
  ): AsyncGenerator<RecordingPart, Block[]> {
    const watch = new BlockWatch(step.blocks);
    yield* this.stream(reply, plan, before, (bytes) => watch.see(bytes));
    return watch.missing();
  }

  /** Returns whether anything arrived. A block requested on its own is returned or refused, never omitted. */
  private async *readAlone(reply: FetchReply, plan: BlockPlan, before: number): AsyncGenerator<RecordingPart, boolean> {
    let hasBytes = false;
    yield* this.stream(reply, plan, before, (bytes) => (hasBytes ||= bytes.length > 0));
    return hasBytes;
  }

  /**
   * Requests blocks again that a batch may not have contained, first in the longest runs: if all of a run is lost, one request shows it. Events
   * that arrive twice are stored once. Returns the number of blocks that arrived.
   */
  private async *repeat(
    steps: readonly BlockStep[],
    plan: BlockPlan,
    before: number,
  ): AsyncGenerator<RecordingPart, number> {
    let arrived = 0;
    for (const step of steps) {
      if (this.repeatsLeft-- <= 0) break;
      const reply = await this.ask(step.query);
      if (await isUnreadable(reply)) continue;
      if (step.blocks.length === 1) {
        if (yield* this.readAlone(reply, plan, before)) arrived++;
        continue;
      }
      const missing = yield* this.readBatch(reply, step, plan, before);
      arrived += step.blocks.length - missing.length;
      arrived += yield* this.repeat(stepsToRepeat(missing, step.blocks.length), plan, before);
    }
    return arrived;
  }

  private async *stream(
    reply: FetchReply,
    plan: BlockPlan,
    before: number,
    onBytes: (bytes: Uint8Array) => void,
  ): AsyncGenerator<RecordingPart> {
    await expectPostHog(reply, 'session');
    expectRecording(reply);
    yield* streamDocument(reply, { resume: writeResume(plan, before, this.received) }, onBytes);
  }

  private ask(query: Readonly<Record<string, string>>): Promise<FetchReply> {
    const search = new URLSearchParams(query).toString();
    const path = `/session_recordings/${this.remoteId}/snapshots${search === '' ? '' : `?${search}`}`;
    return this.project.ask(path, this.options.signal, 'application/jsonl, application/json;q=0.9');
  }
}

/** Returns true for the only permanent 502: none of the requested blocks can be read any more. Reads the body. */
async function isUnreadable(reply: FetchReply): Promise<boolean> {
  if (reply.status !== 502) return false;
  const body = await reply.json(shortLimitBytes).catch((error: unknown) => {
    if (isUnreadableBody(error)) return undefined;
    throw error;
  });
  const { code, error } = v.is(ErrorBody, body) ? body : {};
  if (code === 'recording_blocks_unavailable' || error === 'recording_blocks_unavailable') return true;
  throw new CasementError('remote-failed', { status: 502 });
}
