import { CasementError, hasCode, type ErrorCode } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { isWebPage } from './read-json';
import type { FetchReply, RecordingPart } from './source';

/** In a row, without a byte in between; and in all, so that a server that sends a byte at a time has an end. */
const triesWithoutProgress = 3;
const triesInAll = 50;

/** Where in which version of a file somebody stands. */
interface ResumePoint {
  offset: number;
  /** A strong entity tag, quotes included: the version that the bytes before came from. */
  etag: string;
}

/** Asks for a file; `headers` are a range and the version that it must be of. Throws for all but 200, 206, 412 and 416. */
export type AskFile = (headers: Record<string, string>) => Promise<FetchReply>;

/**
 * A file of recorded events as one document. A server that lets itself be asked for ranges of a version is asked again where
 * a connection is lost, a few times; and the reader may go on itself with a part's `continuation`.
 * Throws `remote-changed` when the file changed meanwhile, `remote-not-found` for a continuation that isn't one.
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

/** Whether the reply goes on at the point that was asked for, and how long the whole file is. */
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
  // A server that doesn't know ranges starts anew, and one that doesn't know versions may send another one's bytes.
  if (!isNext || (reply.headers.etag ?? point.etag) !== point.etag) {
    reply.discard();
    throw new CasementError('remote-changed');
  }
  return { total, isDone: false };
}

/** The version of which ranges can be asked for, or undefined: a length or a weak tag doesn't prove that bytes are the same. */
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

/** Throws `remote-web-page` or `remote-not-recording` for what says that it is something else than a recording. */
export function expectRecording(reply: FetchReply): void {
  const type = reply.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (recordingTypes.has(type)) return;
  throw notARecording(reply);
}

/** Lets go of the body, and tells what came instead. */
export function notARecording(reply: FetchReply): CasementError {
  reply.discard();
  return new CasementError(isWebPage(reply.headers['content-type']) ? 'remote-web-page' : 'remote-not-recording');
}
