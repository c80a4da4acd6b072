import type { DataMessage, ReplayIndex, SegmentRequest } from '../../src-main/contract/replay-port';
import { isSameSegment } from './segment-choice';

/** An error in the frame, with a code of `contract/errors.ts`. */
export class ReplayFailure extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** Time limit for one segment, in ms. Reading and decrypting a megabyte takes a hundredth of it. */
const segmentLimitMs = 20_000;
/** The number of most recently used segments that stay in memory, because users often seek near the current moment. */
const keptSegments = 8;

interface Waiting {
  promise: Promise<Uint8Array>;
  resolve: (json: Uint8Array) => void;
  reject: (error: ReplayFailure) => void;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * The segments of one window, loaded from the worker. It keeps their bytes, which are parsed again each time a segment is shown: a
 * Replayer changes the events that it receives, and parsing is the cheapest way to copy them.
 */
export class SegmentSource {
  /** In the order of use. */
  private readonly kept = new Map<number, Uint8Array>();
  private readonly waiting = new Map<number, Waiting>();
  private index: ReplayIndex | undefined;

  constructor(
    private readonly send: (request: SegmentRequest) => void,
    private readonly onIndex: (index: ReplayIndex) => void,
    private readonly onFailure: (failure: ReplayFailure) => void,
  ) {}

  has(index: number): boolean {
    return this.kept.has(index);
  }

  /** Returns the segment's bytes. Throws ReplayFailure with the worker's code, or `worker-gone` if the worker doesn't answer. */
  load(index: number): Promise<Uint8Array> {
    const json = this.kept.get(index);
    if (json) {
      this.keep(index, json);
      return Promise.resolve(json);
    }
    return (this.waiting.get(index) ?? this.request(index)).promise;
  }

  /** Requests a segment that will be needed soon. If that fails, `load` requests it again. */
  prefetch(index: number): void {
    if (!this.index?.segments[index] || this.kept.has(index) || this.waiting.has(index)) return;
    this.request(index).promise.catch(() => undefined);
  }

  private request(index: number): Waiting {
    let resolve: Waiting['resolve'] = () => undefined;
    let reject: Waiting['reject'] = () => undefined;
    const promise = new Promise<Uint8Array>((fulfil, refuse) => {
      resolve = fulfil;
      reject = refuse;
    });
    // A worker that has ended can't report it.
    const timer = setTimeout(() => this.fail(index, 'worker-gone'), segmentLimitMs);
    const waiting = { promise, resolve, reject, timer };
    this.waiting.set(index, waiting);
    this.send({ kind: 'segment', index });
    return waiting;
  }

  /** Handles a message of the worker. */
  onMessage(message: DataMessage): void {
    switch (message.kind) {
      case 'index':
        return this.takeIndex(message);
      case 'segment': {
        this.keep(message.index, message.json);
        const waiting = this.take(message.index);
        return waiting?.resolve(message.json);
      }
      case 'failed':
        if (message.index !== undefined) return this.fail(message.index, message.code);
        return this.onFailure(new ReplayFailure(message.code));
    }
  }

  private takeIndex({ startedAt, durationMs, segments, idle }: ReplayIndex): void {
    for (const index of this.kept.keys()) {
      if (!isSameSegment(this.index?.segments[index], segments[index])) this.kept.delete(index);
    }
    this.index = { startedAt, durationMs, segments, idle };
    this.onIndex(this.index);
  }

  private keep(index: number, json: Uint8Array): void {
    this.kept.delete(index);
    this.kept.set(index, json);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= keptSegments) break;
      this.kept.delete(oldest);
    }
  }

  private fail(index: number, code: string): void {
    this.take(index)?.reject(new ReplayFailure(code));
  }

  private take(index: number): Waiting | undefined {
    const waiting = this.waiting.get(index);
    if (waiting) clearTimeout(waiting.timer);
    this.waiting.delete(index);
    return waiting;
  }
}
