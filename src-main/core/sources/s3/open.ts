import type { Completeness } from '../../../contract/completeness';
import { CasementError } from '../../../contract/errors';
import { CursorTrail } from '../cursor-trail';
import { orderParts, type OrderedParts } from '../recording-parts';
import type { FetchReply, OpenOptions, OpenRecording, RecordingPart } from '../source';
import { streamDocument } from '../stream-document';
import { expectRecording, readWholeFile } from '../whole-file';
import { isAskable, isSessionId, pathOf, readKey, type Bucket } from './bucket';
import { expectBucketStatus } from './errors';
import { listBucket, type BucketFile } from './list';

/** The most that S3 returns at once. */
const partsAsked = 1000;
/** The most requests for the list of a recording's parts. */
const listsLimit = 200;

type PartCount = Omit<Completeness, 'unit'>;

export function openBucketFile(bucket: Bucket, remoteId: string, { resume, signal }: OpenOptions = {}): OpenRecording {
  const count: PartCount = { received: 0, expected: 0 };
  const hasParts = bucket.names?.hasParts === true;
  return {
    parts: hasParts
      ? readParts(bucket, remoteId, { resume, signal }, count)
      : readOne(bucket, remoteId, resume, signal),
    facts: () => ({ completeness: hasParts ? [{ unit: 'files', ...count }] : [], mutableUntil: undefined }),
  };
}

async function* readOne(
  bucket: Bucket,
  remoteId: string,
  continuation: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordingPart> {
  const key = `${bucket.prefix}${remoteId}`;
  if (!isSessionId(remoteId) || !isAskable(key)) throw new CasementError('remote-not-found');
  yield* readWholeFile((headers) => askFile(bucket, key, headers, signal), continuation);
}

/**
 * Reads the files of a recording one after another, each as one document. `resume` is the number of files received so far and the last one's
 * part.
 */
async function* readParts(
  bucket: Bucket,
  remoteId: string,
  { resume, signal }: OpenOptions,
  count: PartCount,
): AsyncGenerator<RecordingPart> {
  const resumed = resume === undefined ? undefined : /^(\d{1,7}) (.+)$/s.exec(resume);
  if (!isSessionId(remoteId) || resumed === null) throw new CasementError('remote-not-found');
  const { ordered, missing, others } = await listParts(bucket, remoteId, signal);
  // The others come last: if one can't be read, the parts are here.
  const keys = [...ordered, ...others];
  count.expected = ordered.length + missing;
  if (others.length > 0) count.others = others.length;
  count.received = Number(resumed?.[1] ?? 0);
  const last = resumed?.[2];
  const done = last === undefined ? 0 : keys.findIndex(({ part }) => part === last) + 1;
  // The part that was read last is gone: nothing shows where the rest begins.
  if (last !== undefined && done === 0) throw new CasementError('remote-changed');
  for (const [index, { key, part, bytes }] of keys.entries()) {
    if (index < done) continue;
    // An empty file has no events, but it isn't lost.
    const reply = bytes === 0 ? undefined : await askPart(bucket, key, signal);
    if (reply === 'gone') continue;
    const received = count.received + (index < ordered.length ? 1 : 0);
    const end = { resume: `${received} ${part}`, progress: { done: index + 1, total: keys.length } };
    if (reply) yield* streamDocument(reply, end);
    else yield { bytes: new Uint8Array(), isDocumentEnd: true, ...end };
    count.received = received;
  }
}

async function listParts(
  bucket: Bucket,
  remoteId: string,
  signal: AbortSignal | undefined,
): Promise<OrderedParts<BucketFile & { part: string }>> {
  const prefix = `${bucket.prefix}${bucket.names?.partsPrefix(remoteId) ?? ''}`;
  if (!isAskable(prefix.replace(/\/$/, ''))) throw new CasementError('remote-not-found');
  const found = [];
  const trail = new CursorTrail(listsLimit);
  let cursor: string | undefined;
  do {
    trail.note(cursor);
    const list = await listBucket(bucket.fetch, bucket.root, { prefix, limit: partsAsked, cursor, signal });
    for (const file of list.files) {
      const read = readKey(bucket, file.key);
      if (read?.session === remoteId && isAskable(file.key)) found.push({ ...file, part: read.part });
    }
    cursor = list.next;
  } while (cursor !== undefined);
  if (found.length === 0) throw new CasementError('remote-not-found');
  return orderParts(found);
}

/** Returns 'gone' for a file that was deleted after it was listed. */
async function askPart(bucket: Bucket, key: string, signal: AbortSignal | undefined): Promise<FetchReply | 'gone'> {
  const reply = await bucket.fetch({ method: 'GET', path: pathOf(bucket, key), accept: '*/*', signal });
  if (reply.status === 404) {
    reply.discard();
    return 'gone';
  }
  await expectBucketStatus(reply, [200]);
  expectRecording(reply);
  return reply;
}

async function askFile(
  bucket: Bucket,
  key: string,
  headers: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<FetchReply> {
  const reply = await bucket.fetch({ method: 'GET', path: pathOf(bucket, key), headers, accept: '*/*', signal });
  await expectBucketStatus(reply, [200, 206, 412, 416]);
  if (reply.status < 300) expectRecording(reply);
  return reply;
}
