import { readFile, stat } from 'node:fs/promises';
import { gunzipSync, inflateSync } from 'node:zlib';
import { CasementError } from '../contract/errors';
import type { RecordingFacts } from '../contract/session';
import type { SessionEvent } from '../contract/recorded-event';
import { normaliseRecording } from '../core/recording/normalise';
import { parseFile, type InflatePorts } from '../core/recording/parse';
import { onDisk } from './files/disk-errors';

/** The largest recording file that is read: what a day of one user makes many times over. */
const fileLimitBytes = 512 * 2 ** 20;

/** Node's zlib as the parser wants it: bounded, and with a code where the bytes are not what they say. */
export const inflatePorts: InflatePorts = {
  gunzip: (bytes, limit) => bounded(() => gunzipSync(bytes, { maxOutputLength: limit })),
  inflate: (bytes, limit) => bounded(() => inflateSync(bytes, { maxOutputLength: limit })),
};

function bounded(inflate: () => Uint8Array): Uint8Array {
  try {
    return inflate();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new CasementError('recording-too-large', { limit: '512 MB' });
    if (code === 'Z_BUF_ERROR') throw new CasementError('recording-truncated');
    throw new CasementError('recording-unreadable', { reason: 'its compressed data is damaged' });
  }
}

/** One recording of a file; an archive holds several, each with its own name or its own error. */
export interface FoundRecording {
  name: string;
  events: SessionEvent[];
  facts: RecordingFacts;
}

export interface RefusedRecording {
  name: string;
  error: CasementError;
}

/** Errors: file-missing, recording-empty, recording-too-large, disk-*. */
export async function readRecordingBytes(path: string): Promise<Uint8Array> {
  return onDisk(async () => {
    const { size, isFile } = await stat(path).then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
    if (!isFile) throw new CasementError('recording-unreadable', { reason: 'it is not a file' });
    if (size === 0) throw new CasementError('recording-empty');
    if (size > fileLimitBytes) throw new CasementError('recording-too-large', { limit: '512 MB' });
    return readFile(path);
  });
}

/**
 * All recordings in these bytes. Of an archive, a member that can't be read doesn't keep the others from being read.
 * Errors: recording-* where nothing could be read at all.
 */
export function readRecordings(bytes: Uint8Array): { found: FoundRecording[]; refused: RefusedRecording[] } {
  const found: FoundRecording[] = [];
  const refused: RefusedRecording[] = [];
  for (const { name, recording } of parseFile(bytes, inflatePorts)) {
    try {
      found.push({ name, ...normaliseRecording(recording) });
    } catch (error) {
      if (!(error instanceof CasementError)) throw error;
      refused.push({ name, error });
    }
  }
  if (found.length === 0) throw refused[0]?.error ?? new CasementError('recording-empty');
  return { found, refused };
}
