import type { OpenRecording, RecordingPart, TimelineOnlyEvent } from '../../src-main/core/sources/source';

/** Returns all parts of a recording. */
export async function collectParts({ parts }: OpenRecording): Promise<RecordingPart[]> {
  const all: RecordingPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

/** Returns the bytes of all parts, joined. */
export async function collectBytes(recording: OpenRecording): Promise<Buffer> {
  const parts = await collectParts(recording);
  return Buffer.concat(parts.map(({ bytes }) => bytes));
}

export async function collectTimeline(recording: OpenRecording): Promise<TimelineOnlyEvent[]> {
  const text = (await collectBytes(recording)).toString();
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as TimelineOnlyEvent);
}
