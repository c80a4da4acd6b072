import { CasementError } from '../../contract/errors';
import { checkPreviewChunk, previewChunks, type PreviewChunk } from '../../core/casefile/case-preview';
import { readIndexes } from './case-recordings';
import { isCaseFile } from './is-case-file';
import { openCase, type OpenedCase } from './read-case';

/** A recording that can be replayed directly from its case file. */
export interface PreviewableRecording {
  /** Index among the file's recordings, from 0. */
  place: number;
  title: string;
  /** ms since 1970, and ms. */
  startedAt: number;
  durationMs: number;
  chunks: PreviewChunk[];
}

/** A case file opened for a preview: only its directory, manifest, signatures and indexes are checked. */
export interface OpenedCasePreview {
  title: string;
  manifestHash: string;
  recordings: PreviewableRecording[];
  /** Returns the JSON of a chunk after checking its hash. Throws case-changed, case-unreadable. */
  read(chunk: PreviewChunk): Promise<Uint8Array>;
  close(): void;
}

/** Before format 2, chunks mixed all windows and did not start with a keyframe. */
const firstFormat = 2;

/**
 * Opens a case file of any size for a preview. Returns undefined if it is not a case file, is encrypted, is refused, or
 * can't be shown before the import; the import reports why.
 */
export async function openCasePreview(path: string): Promise<OpenedCasePreview | undefined> {
  try {
    // Returns at once for other files.
    if (!(await isCaseFile(path))) return undefined;
    const opened = await openCase(path);
    try {
      const preview = await readPreview(opened);
      if (preview) return preview;
    } catch (error) {
      opened.close();
      throw error;
    }
    opened.close();
  } catch (error) {
    if (!(error instanceof CasementError)) throw error;
  }
  return undefined;
}

async function readPreview(opened: OpenedCase): Promise<OpenedCasePreview | undefined> {
  const { manifest, manifestHash, signer, isNamed } = opened;
  if (signer === 'broken' || !isNamed || manifest.formatVersion < firstFormat) return undefined;
  const sizes = new Map(manifest.resources.map(({ path, bytes }) => [path, bytes]));
  const recordings: PreviewableRecording[] = [];
  for (const [place, { index }] of (await readIndexes(opened)).entries()) {
    const chunks = previewChunks(index, (path) => sizes.get(path));
    const { title, startedAt, durationMs } = index;
    if (chunks) recordings.push({ place, title, startedAt, durationMs, chunks });
  }
  if (recordings.length === 0) return undefined;
  return {
    title: manifest.title,
    manifestHash,
    recordings,
    read: async (chunk) => checkPreviewChunk(await opened.read(chunk.file), chunk),
    close: () => opened.close(),
  };
}
