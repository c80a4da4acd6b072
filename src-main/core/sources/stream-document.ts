import type { FetchReply, RecordingPart } from './source';

/** Streams a reply's body as one document. `end` is added to the last part. */
export async function* streamDocument(
  reply: FetchReply,
  end: Partial<Pick<RecordingPart, 'resume' | 'progress'>>,
  onBytes: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<RecordingPart> {
  for await (const bytes of reply.bytes()) {
    onBytes(bytes);
    yield { bytes, isDocumentEnd: false, resume: undefined };
  }
  yield { bytes: new Uint8Array(), isDocumentEnd: true, resume: undefined, ...end };
}
