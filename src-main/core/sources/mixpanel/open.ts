import { CasementError } from '../../../contract/errors';
import type { OpenOptions, OpenRecording, RecordingPart } from '../source';
import { streamDocument } from '../stream-document';
import { ReplayFiles, type MixpanelStore } from './files';

/** A file's number has four digits. */
const filesLimit = 10_000;
/** The number of files that are tried after a missing one, which may be lost and not the end. */
const filesAhead = 3;

export function openMixpanel(store: MixpanelStore, remoteId: string, options: OpenOptions = {}): OpenRecording {
  const count = { received: 0, expected: 0 };
  return {
    parts: readFiles(store, remoteId, options, count),
    facts: () => ({ completeness: [{ unit: 'files', ...count }], mutableUntil: undefined }),
  };
}

/** `resume` is the period in the files' names, the number of the next file, and the number of those that were received. */
async function* readFiles(
  store: MixpanelStore,
  remoteId: string,
  { resume, signal }: OpenOptions,
  count: { received: number; expected: number },
): AsyncGenerator<RecordingPart> {
  const at = readResume(resume);
  const files = new ReplayFiles(store, remoteId, signal, at?.retention);
  count.received = at?.received ?? 0;
  count.expected = at?.next ?? 0;
  for (let number = count.expected; number < count.expected + 1 + filesAhead; number++) {
    if (number >= filesLimit) throw new CasementError('remote-endless');
    const reply = await files.get(number);
    if (!reply) {
      if (files.days === undefined) throw new CasementError('remote-not-found');
      continue;
    }
    const received = count.received + 1;
    yield* streamDocument(reply, { resume: `${files.days}:${number + 1}:${received}` });
    count.received = received;
    count.expected = number + 1;
  }
}

function readResume(text: string | undefined): { retention: number; next: number; received: number } | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,4}):(\d{1,5}):(\d{1,5})$/.exec(text);
  if (!match) throw new CasementError('remote-not-found');
  return { retention: Number(match[1]), next: Number(match[2]), received: Number(match[3]) };
}
