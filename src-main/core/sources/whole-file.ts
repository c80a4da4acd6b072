import { CasementError, hasCode, type ErrorCode } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { isWebPage } from './read-json';
import type { FetchReply, RecordingPart } from './source';

/** Attempts without progress, and in total: otherwise a server that sends one byte at a time would never end. */
const triesWithoutProgress = 3;
const triesInAll = 50;

/** A position in a version of a file. */
interface ResumePoint {
  offset: number;
  /** The strong entity tag, with quotes, of the version that the previous bytes belong to. */
  etag: string;
}

/**
 * Requests a file. `headers` may contain a range and the version. Throws for all statuses but 200, 206, 412 and 416.
 */
export type AskFile = (headers: Record<string, string>) => Promise<FetchReply>;

/**
 * Reads a file of recorded events as one document. If the server supports ranges of a version, a lost connection is
 * resumed a few times, and a reader can resume later with a part's `continuation`. Throws `remote-changed` if the file
 * has changed, and `remote-not-found` for an invalid continuation.
 */
export async function* readWholeFile(ask: AskFile, continuation?: string): AsyncGenerator<RecordingPart> {
  let point = continuation === undefined ? undefined : readContinuation(continuation);
  let failures = 0;
  for (let tries = 1; ; tries++) {
    const reply = await ask(point ? { range: `bytes=${point.offset}-`, 'if-match': point.etag } : {});
    const start = point?.offset ?? 0;
    const { total, isDone } = checkRange(reply, point);
    if (isDone) break;
    const etag = resumableVersion(reply);
    let offset = start;
    try {
      for await (const bytes of reply.bytes()) {
        offset += bytes.length;
        failures = 0;
        yield {
          bytes,
          isDocumentEnd: false,
          resume: undefined,
          ...(etag !== undefined && { continuation: writeContinuation({ offset, etag }) }),
          ...(total !== undefined && { progress: { done: offset, total } }),
        };
      }
    } catch (error) {
      if (!isLost(error) || etag === undefined || ++failures > triesWithoutProgress || tries > triesInAll) throw error;
      point = { offset, etag };
      continue;
    }
    break;
  }
  yield { bytes: new Uint8Array(), isDocumentEnd: true, resume: undefined };
}

/** Checks that the reply continues at the requested offset. Returns the size of the complete file. */
function checkRange(reply: FetchReply, point: ResumePoint | undefined): { total: number | undefined; isDone: boolean } {
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(reply.headers['content-range'] ?? '');
  if (!point) {
    if (reply.status !== 200) {
      reply.discard();
      throw new CasementError('remote-odd', { reason: refusals.source.status(reply.status) });
    }
    return { total: lengthOf(reply), isDone: false };
  }
  const total = range?.[2] === undefined || range[2] === '*' ? undefined : Number(range[2]);
  if (reply.status === 416) {
    reply.discard();
    if (total !== point.offset) throw new CasementError('remote-changed');
    return { total, isDone: true };
  }
  const isNext = reply.status === 206 && range?.[1] === String(point.offset);
  // A server without ranges starts from the beginning, and one without versions may send bytes of another one.
  if (!isNext || (reply.headers.etag ?? point.etag) !== point.etag) {
    reply.discard();
    throw new CasementError('remote-changed');
  }
  return { total, isDone: false };
}

/**
 * Returns the version whose ranges can be requested, or undefined: equal lengths or weak tags don't prove equal bytes.
 */
function resumableVersion({ headers }: FetchReply): string | undefined {
  const isPlain = ['', 'identity'].includes((headers['content-encoding'] ?? '').trim().toLowerCase());
  const isRanged = headers['content-range'] !== undefined || /\bbytes\b/i.test(headers['accept-ranges'] ?? '');
  const etag = headers.etag ?? '';
  return isPlain && isRanged && /^"[\x21\x23-\x7e]{1,200}"$/.test(etag) ? etag : undefined;
}

function lengthOf({ headers }: FetchReply): number | undefined {
  const length = headers['content-length'];
  return length !== undefined && headers['content-encoding'] === undefined ? Number(length) : undefined;
}

function isLost(error: unknown): boolean {
  return hasCode(error, ...lostCodes);
}

const lostCodes: readonly ErrorCode[] = ['remote-gone', 'remote-cut', 'remote-timeout'];

const writeContinuation = ({ offset, etag }: ResumePoint): string => `${offset} ${etag}`;

function readContinuation(text: string): ResumePoint {
  const match = /^(\d{1,15}) ("[\x21\x23-\x7e]{1,200}")$/.exec(text);
  if (!match?.[1] || !match[2]) throw new CasementError('remote-not-found');
  return { offset: Number(match[1]), etag: match[2] };
}

const recordingTypes = new Set([
  '',
  'application/json',
  'application/jsonl',
  'application/x-jsonlines',
  'application/x-ndjson',
  'application/ndjson',
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
  'binary/octet-stream',
  'text/plain',
]);

/** Throws `remote-web-page` or `remote-not-recording` if the content type can't be that of a recording. */
export function expectRecording(reply: FetchReply): void {
  const type = reply.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (recordingTypes.has(type)) return;
  throw notARecording(reply);
}

/** Discards the body and returns the error for its content type. */
export function notARecording(reply: FetchReply): CasementError {
  reply.discard();
  return new CasementError(isWebPage(reply.headers['content-type']) ? 'remote-web-page' : 'remote-not-recording');
}
