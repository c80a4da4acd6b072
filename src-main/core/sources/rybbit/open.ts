import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { checkShape, expectOk } from '../check-reply';
import { DocumentScan } from '../document-scan';
import type { FetchPort, FetchReply, OpenOptions, OpenRecording, RecordingState } from '../source';
import { streamDocument } from '../stream-document';
import { expectRecording } from '../whole-file';
import { Replay, SessionId } from './replay';

const Counted = v.object({ event_count: Replay.entries.event_count });

/**
 * Reads a recording. The server leaves out events whose batch it can't read from its object store, with status 200
 * (sessionReplayQueryService.ts), so the events are compared with the count in the metadata.
 */
export function openRybbit(
  fetch: FetchPort,
  base: string,
  remoteId: string,
  { signal }: OpenOptions = {},
): OpenRecording {
  const state: RecordingState = { completeness: [], mutableUntil: undefined };
  async function* parts(): OpenRecording['parts'] {
    const reply = await request(fetch, base, remoteId, signal);
    const scan = new DocumentScan(['metadata']);
    yield* streamDocument(reply, { resume: undefined }, (bytes) => scan.see(bytes));
    const metadata = v.safeParse(Counted, parse(scan.text('metadata')));
    const expected = metadata.success ? metadata.output.event_count : undefined;
    if (typeof expected === 'number') {
      state.completeness = [{ unit: 'events', received: scan.count('events'), expected }];
    }
  }
  return { parts: parts(), facts: () => ({ ...state }) };
}

/** Returns the metadata of a recording. Throws `remote-not-found`. */
export async function readMetadata(
  fetch: FetchPort,
  base: string,
  remoteId: string,
  signal: AbortSignal | undefined,
): Promise<Replay> {
  const reply = await request(fetch, base, remoteId, signal);
  const scan = new DocumentScan(['metadata']);
  for await (const bytes of reply.bytes()) scan.see(bytes);
  return checkShape(v.object({ metadata: Replay }), { metadata: parse(scan.text('metadata')) }).metadata;
}

async function request(
  fetch: FetchPort,
  base: string,
  remoteId: string,
  signal: AbortSignal | undefined,
): Promise<FetchReply> {
  // The list has the same path as a session of this name.
  if (!v.is(SessionId, remoteId) || remoteId === 'list') throw new CasementError('remote-not-found');
  const reply = await fetch({ method: 'GET', path: `${base}/${remoteId}`, signal });
  expectOk(reply, 'session');
  expectRecording(reply);
  return reply;
}

function parse(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}
