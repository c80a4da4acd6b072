import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape, errorForStatus, expectOk } from '../check-reply';
import { CursorTrail } from '../cursor-trail';
import { checkFileAddress } from '../file-address';
import type { FetchPort, FetchReply, OpenOptions, OpenRecording, PresignedFetch, RecordingPart } from '../source';
import { streamDocument } from '../stream-document';
import { expectRecording } from '../whole-file';
import { isReplayId } from './address';
import { replaysPath } from './search';

const listLimitBytes = 16_000_000;
const pagesLimit = 500;

const FileList = v.object({
  files: v.nullish(v.pipe(v.array(v.pipe(v.string(), v.maxLength(16_000))), v.maxLength(10_000)), []),
  next_page_token: v.nullish(v.pipe(v.string(), v.maxLength(4000))),
});

export interface AmplitudeFiles {
  fetch: FetchPort;
  fetchPresigned: PresignedFetch;
  fileHosts: readonly string[];
}

export function openAmplitude(files: AmplitudeFiles, remoteId: string, options: OpenOptions = {}): OpenRecording {
  const count = { received: 0, expected: 0 };
  return {
    parts: readFiles(files, remoteId, options, count),
    facts: () => ({ completeness: [{ unit: 'files', ...count }], mutableUntil: undefined }),
  };
}

/** `resume` is the number of files so far, because their addresses change each time, and the number of those that were received. */
async function* readFiles(
  files: AmplitudeFiles,
  remoteId: string,
  { resume = '0:0', signal }: OpenOptions,
  count: { received: number; expected: number },
): AsyncGenerator<RecordingPart> {
  if (!isReplayId(remoteId) || !/^\d{1,7}:\d{1,7}$/.test(resume)) throw new CasementError('remote-not-found');
  const [skipped = 0, receivedBefore = 0] = resume.split(':').map(Number);
  count.received = receivedBefore;
  const list = (token?: string): Promise<v.InferOutput<typeof FileList>> =>
    listFiles(files.fetch, remoteId, token, signal);
  const trail = new CursorTrail(pagesLimit);
  let token: string | undefined;
  let before = 0;
  do {
    trail.note(token);
    let page = await list(token);
    const { length } = page.files;
    count.expected = before + length;
    for (let index = Math.max(0, skipped - before); index < length; index++) {
      const done = before + index + 1;
      let reply = await fetchFile(files, page.files[index] ?? '', signal);
      if (reply.status === 403) {
        // Addresses expire after 15 minutes. Requesting the list again returns the same files at new addresses.
        reply.discard();
        page = await list(token);
        reply = await fetchFile(files, page.files[index] ?? '', signal);
      }
      if (reply.status === 404) {
        reply.discard();
        continue;
      }
      refuseFailed(reply);
      expectRecording(reply);
      const received = count.received + 1;
      const progress = { done, total: before + length };
      yield* streamDocument(reply, { resume: `${done}:${received}`, progress });
      count.received = received;
    }
    before += length;
    token = page.next_page_token || undefined;
  } while (token !== undefined);
  if (before === 0) throw new CasementError('remote-not-found');
}

async function listFiles(
  fetch: FetchPort,
  remoteId: string,
  token: string | undefined,
  signal: AbortSignal | undefined,
): Promise<v.InferOutput<typeof FileList>> {
  const query = new URLSearchParams({ replay_id: remoteId, version: '3' });
  if (token !== undefined) query.set('page_token', token);
  const reply = await fetch({ method: 'GET', path: `${replaysPath}/files?${query.toString()}`, signal });
  expectOk(reply, 'session');
  return checkShape(FileList, await reply.json(listLimitBytes));
}

function fetchFile(
  { fetchPresigned, fileHosts }: AmplitudeFiles,
  address: string,
  signal?: AbortSignal,
): Promise<FetchReply> {
  return fetchPresigned(checkFileAddress(address, fileHosts), signal);
}

/** Throws unless the status is 200. The file store doesn't see the key, so its 401 and 403 don't mean that the key is refused. */
function refuseFailed(reply: FetchReply): void {
  const { status } = reply;
  if (status === 200) return;
  reply.discard();
  if (status === 401 || status === 403) throw new CasementError('remote-failed', { status });
  throw errorForStatus(reply, 'session');
}
