import type { FetchReply, RecordingPart } from './source';

/** A reply's body as one document, piece by piece as it comes; what `end` says holds once all of it is there. */
export async function* streamDocument(
  reply: FetchReply,
  end: Pick<RecordingPart, 'resume' | 'progress'>,
  onBytes: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<RecordingPart> {
  for await (const bytes of reply.bytes()) {
    onBytes(bytes);
    yield { bytes, isDocumentEnd: false, resume: undefined };
  }
  yield { bytes: new Uint8Array(), isDocumentEnd: true, ...end };
}
