import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { sourceWords } from '../../../contract/words/sources';
import { concatBytes } from '../../bytes';
import { isRecord } from '../../recording/json';
import { expectOk } from '../check-reply';
import { parseReply } from '../read-json';
import type { FetchPort, FetchReply, OpenOptions, RecordingPart, Source } from '../source';
import { expectRecording } from '../whole-file';
import { Uuid } from './protocol';
import { searchUmami, writeQuery } from './search';
import { verifyUmami } from './verify';

/** A reply without any event is shorter. */
const emptyReplyBytes = 1000;

export interface UmamiPlace {
  websiteId: string;
}

/** Returns the `authorization` header for the token of a login. */
export function umamiAuthorization(key: string): string {
  return `Bearer ${key}`;
}

/** Throws `connection-place` for an invalid website id. */
export function createUmamiSource(fetch: FetchPort, { websiteId }: UmamiPlace): Source {
  if (!v.is(Uuid, websiteId)) throw new CasementError('connection-place', { field: sourceWords.places.website });
  const base = `/api/websites/${websiteId}`;
  return {
    capabilities: {
      isReplayable: true,
      search: ['email', 'uid', 'distinctId', 'sessionId', 'from', 'to', 'minDurationMs', 'maxDurationMs', 'page'],
      isLive: false,
      hasDeepLink: false,
    },
    verify: (signal) => verifyUmami(fetch, `${base}/replays?${writeQuery({}, 1, 1).toString()}`, signal),
    search: (query, cursor, signal) => searchUmami({ fetch, base, signal }, query, cursor),
    open: (remoteId, options) => ({
      parts: readReplay(fetch, `${base}/replays`, remoteId, options),
      facts: () => ({ completeness: [], mutableUntil: undefined }),
    }),
    deepLink: () => undefined,
  };
}

async function* readReplay(
  fetch: FetchPort,
  base: string,
  remoteId: string,
  { signal }: OpenOptions = {},
): AsyncGenerator<RecordingPart> {
  if (!v.is(Uuid, remoteId)) throw new CasementError('remote-not-found');
  const reply = await fetch({ method: 'GET', path: `${base}/${remoteId}`, signal });
  expectOk(reply, 'session');
  expectRecording(reply);
  for await (const bytes of withoutEmptyReply(reply)) yield { bytes, isDocumentEnd: false, resume: undefined };
  yield { bytes: new Uint8Array(), isDocumentEnd: true, resume: undefined };
}

/**
 * Streams a reply's body. Throws `remote-not-found` for the reply to an unknown replay: Umami has 200 for it, and no events
 * (umami-software/umami c0ea3aef, src/app/api/websites/[websiteId]/replays/[replayId]/route.ts).
 */
async function* withoutEmptyReply(reply: FetchReply): AsyncGenerator<Uint8Array> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of reply.bytes()) {
    size += bytes.length;
    if (size <= emptyReplyBytes) {
      held.push(bytes);
      continue;
    }
    yield* held.splice(0);
    yield bytes;
  }
  if (held.length === 0) return;
  const document = parseReply(concatBytes(held), reply.headers['content-type']);
  if (isRecord(document) && Array.isArray(document.events) && document.events.length === 0) {
    throw new CasementError('remote-not-found');
  }
  yield* held;
}
