import * as v from 'valibot';
import { CasementError, hasCode } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { waitSeconds } from './rate-limit-headers';
import { isWebPage, wrongJsonType } from './read-json';
import type { FetchReply } from './source';

/** The wait after a 429 that doesn't report one, in seconds. */
const defaultWaitSeconds = 60;
const errorLimitBytes = 64_000;

type ReplyHead = Pick<FetchReply, 'status' | 'headers'>;
/** The thing that a 404 says doesn't exist. */
type Missing = 'session' | 'service';

/**
 * Returns the error for a status other than 200 of a platform that never sends HTML as a reply to an API request: a 401 or 403 with a web page
 * comes from a gateway or firewall in front of it, and says nothing about the key.
 */
export function errorForStatus(reply: ReplyHead, missing: Missing, nowMs?: number): CasementError {
  if (isRefusal(reply) && isWebPage(reply.headers['content-type'])) return blocked(reply);
  return errorOfWebServer(reply, missing, nowMs);
}

/** Returns the same for a server of files, whose own error pages are HTML. */
export function errorOfWebServer(reply: ReplyHead, missing: Missing, nowMs?: number): CasementError {
  const { status } = reply;
  if (status === 401) return new CasementError('key-refused');
  if (status === 402) return new CasementError('remote-quota');
  if (status === 403) return new CasementError('key-forbidden');
  if (status === 404 || status === 410) {
    if (missing === 'session') return new CasementError(status === 410 ? 'remote-deleted' : 'remote-not-found');
    return new CasementError('remote-no-service');
  }
  if (status === 429) {
    const seconds = waitSeconds(reply.headers, nowMs) ?? defaultWaitSeconds;
    return new CasementError('remote-rate-limited', { seconds });
  }
  if (status >= 500) return new CasementError('remote-failed', { status });
  return new CasementError('remote-odd', { reason: refusals.source.status(status) });
}

/** Discards the body and throws unless the status is 200. */
export function expectOk(reply: FetchReply, missing: Missing): void {
  if (reply.status === 200) return;
  reply.discard();
  throw errorForStatus(reply, missing);
}

const isRefusal = ({ status }: ReplyHead): boolean => status === 401 || status === 403;

const blocked = ({ status }: ReplyHead): CasementError => new CasementError('remote-blocked', { status });

const DjangoError = v.object({
  detail: v.nullish(v.unknown()),
  error: v.nullish(v.unknown()),
  code: v.nullish(v.unknown()),
});

/**
 * Reads the body of an error of a platform whose errors are JSON objects with a `detail`, as those of Django REST framework are. Returns its text
 * for comparison: it may quote names of the organization, so it must not be shown. Throws `remote-blocked` for a 401 or 403 that isn't JSON: the
 * platform didn't write it.
 */
export async function readRefusal(reply: FetchReply): Promise<string> {
  if (isRefusal(reply) && wrongJsonType(reply.headers['content-type'])) {
    reply.discard();
    throw blocked(reply);
  }
  // The status is enough if the body can't be read.
  const body = await reply.json(errorLimitBytes).catch((error: unknown) => {
    if (hasCode(error, 'cancelled')) throw error;
    return undefined;
  });
  if (!v.is(DjangoError, body)) return '';
  return [body.code, body.error, body.detail].map((part) => (part ? JSON.stringify(part) : '')).join(' ');
}

/**
 * Validates a reply. Throws `remote-shape` with the path of the first mismatch, but without its value. The schema may contain only
 * `v.object`, whose keys are Casement's own, so that the path can't contain text from the server.
 */
export function checkShape<S extends v.GenericSchema>(schema: S, reply: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, reply, { abortEarly: true });
  if (result.success) return result.output;
  const path = v.getDotPath(result.issues[0]) ?? refusals.replyPart.body;
  throw new CasementError('remote-shape', { place: path });
}
