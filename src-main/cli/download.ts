import { CasementError, hasCode, type ErrorCode } from '../contract/errors';
import { words } from '../contract/words/cli';
import type { RecordingState, Source } from '../core/sources/source';
import type { PartFile } from './part-file';
import type { Terminal } from './terminal';

/** The number of bytes between two progress messages. */
const progressBytes = 5_000_000;
/** The waits before a failed request is tried again, ms. They start over whenever the download has advanced. */
const waitsMs = [1000, 5000, 20_000];
/** The faults that may be gone seconds later. A refused key, for example, has to be changed first. */
const passing: readonly ErrorCode[] = [
  'remote-failed',
  'remote-unreachable',
  'remote-no-host',
  'remote-gone',
  'remote-cut',
  'remote-changed',
  'remote-timeout',
  'remote-not-http',
  'remote-length',
  'proxy-unreachable',
  'proxy-refused',
];

/**
 * Downloads a recording into a part file. Continues an earlier download where the source can, and tries again after passing faults.
 * Throws the errors of the source, disk-*, cancelled; what has arrived stays in the part file.
 */
export async function download(
  source: Source,
  session: string,
  part: PartFile,
  terminal: Terminal,
): Promise<RecordingState> {
  let failures = 0;
  let mayResume = true;
  if (part.point) terminal.print(words.resuming(part.point.at));
  for (;;) {
    const point = mayResume ? part.point : undefined;
    const attempt = new Attempt(source, session, part, terminal);
    try {
      return await attempt.run(point);
    } catch (error) {
      terminal.signal.throwIfAborted();
      if (point && mayResume && attempt.isStale(error)) {
        mayResume = false;
        continue;
      }
      if (attempt.hasArrived) {
        mayResume = true;
        if ((part.point?.at ?? 0) > (point?.at ?? 0)) failures = 0;
      }
      await waitToRetry(error, failures++, terminal);
    }
  }
}

/** Tries an operation without a state, such as a search, again after passing faults. Throws its last error. */
export async function withRetries<T>(work: () => Promise<T>, terminal: Terminal): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (error) {
      terminal.signal.throwIfAborted();
      await waitToRetry(error, failures, terminal);
    }
  }
}

/** Waits before another try. Throws the error if trying again can't help soon; the transport has already waited for a rate limit. */
async function waitToRetry(error: unknown, failures: number, terminal: Terminal): Promise<void> {
  const waitMs = waitsMs[failures];
  if (waitMs === undefined || !(error instanceof CasementError)) throw error;
  const { code } = error;
  if (!passing.includes(code)) throw error;
  terminal.print(words.retrying(code, waitMs / 1000));
  await terminal.wait(waitMs);
}

/** One pass over a recording, from the start or from a position. */
class Attempt {
  hasArrived = false;

  constructor(
    private readonly source: Source,
    private readonly session: string,
    private readonly part: PartFile,
    private readonly terminal: Terminal,
  ) {}

  async run(point: PartFile['point']): Promise<RecordingState> {
    const { part, terminal } = this;
    const { signal } = terminal;
    const recording = this.source.open(this.session, { resume: point?.resume, signal });
    let bytes = point?.at ?? 0;
    let reportedBytes = bytes;
    for await (const piece of recording.parts) {
      signal.throwIfAborted();
      // Only now is it certain that the server still knows the position; until then an earlier download stays as it is.
      if (!this.hasArrived) await part.rewind(point ? 'point' : 'start');
      this.hasArrived = true;
      await part.add(piece);
      bytes += piece.bytes.length;
      if (bytes - reportedBytes < progressBytes) continue;
      reportedBytes = bytes;
      terminal.print(words.pulledSoFar(bytes));
    }
    signal.throwIfAborted();
    if (!this.hasArrived) await part.rewind(point ? 'point' : 'start');
    return recording.facts();
  }

  /** Returns whether the server no longer knows the position to resume from. */
  isStale(error: unknown): boolean {
    return !this.hasArrived && hasCode(error, 'remote-changed', 'remote-odd', 'remote-shape', 'remote-not-found');
  }
}
