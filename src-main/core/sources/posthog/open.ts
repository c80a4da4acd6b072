import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape, expectOk } from '../check-reply';
import { isUnreadableBody } from '../read-json';
import type { FetchReply, OpenOptions, OpenRecording, RecordingPart, RecordingState } from '../source';
import { streamDocument } from '../stream-document';
import { expectRecording } from '../whole-file';
import { BlockWatch } from './block-watch';
import { aloneStep, BlockList, planBlocks, writeResume, type Block, type BlockPlan, type BlockStep } from './blocks';
import type { PostHogProject } from './project';
import { SessionId } from './search';

const listLimitBytes = 16_000_000;
const shortLimitBytes = 64_000;
/** Events, and their blocks, can arrive this much later. */
const mutableMs = 24 * 60 * 60_000;
/** The most missing blocks to request again on their own: a budget of 12 requests per minute is used up quickly. */
const secondTries = 10;

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
  private triesLeft = secondTries;
  private hasCome = false;

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
    for (const step of plan.steps) {
      const before = done;
      done += step.blocks.length;
      yield* this.readStep(plan, step, before, done);
    }
    if (plan.realtime) yield* this.readStep(plan, plan.realtime, done, done);
    if (!this.hasCome && plan.done === 0 && plan.steps.length > 0) throw new CasementError('remote-lost');
  }

  private async plan(): Promise<BlockPlan> {
    const reply = await this.ask({});
    expectOk(reply, 'session');
    const { sources } = checkShape(BlockList, await reply.json(listLimitBytes));
    return planBlocks(sources, this.options.resume);
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
    const watch = new BlockWatch(plan.storage === 'blob_v2' ? step.blocks : []);
    yield* this.stream(reply, { resume: writeResume(plan, before, this.received) }, (bytes) => watch.see(bytes));
    // A block requested on its own is returned or refused, never omitted.
    const missing = step.blocks.length > 1 ? watch.missing() : [];
    let received = this.received + step.blocks.length - missing.length;
    for (const block of missing) if (yield* this.readAlone(block, plan, before)) received++;
    this.received = received;
    const progress = { done, total: plan.blocks.length };
    yield { bytes: new Uint8Array(), isDocumentEnd: true, resume: writeResume(plan, done, received), progress };
  }

  /** Returns whether the block arrived. */
  private async *readAlone(block: Block, plan: BlockPlan, before: number): AsyncGenerator<RecordingPart, boolean> {
    const reply = this.triesLeft-- > 0 ? await this.ask(aloneStep(block).query) : undefined;
    if (!reply || (await isUnreadable(reply))) return false;
    yield* this.stream(reply, { resume: writeResume(plan, before, this.received) });
    return true;
  }

  private async *stream(
    reply: FetchReply,
    end: Pick<RecordingPart, 'resume'>,
    onBytes?: (bytes: Uint8Array) => void,
  ): AsyncGenerator<RecordingPart> {
    expectOk(reply, 'session');
    expectRecording(reply);
    this.hasCome = true;
    yield* streamDocument(reply, end, onBytes);
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
