import { CasementError } from '../../contract/errors';
import { checkSeenChunk, seenChunks, type SeenChunk } from '../../core/casefile/case-preview';
import { readIndexes } from './case-recordings';
import { isCaseFile } from './is-case-file';
import { openCase, type OpenedCase } from './read-case';

/** A recording that can be seen straight from its case file. */
export interface SeenInFile {
  /** Its place among the recordings of the file, from 0. */
  place: number;
  title: string;
  /** ms since 1970, and ms. */
  startedAt: number;
  durationMs: number;
  chunks: SeenChunk[];
}

/** A case file that can be looked at while nothing but its directory, its manifest, what signs that, and its indexes are checked. */
export interface OpenedLook {
  title: string;
  manifestHash: string;
  recordings: SeenInFile[];
  /** The JSON of a chunk, which has its hash in the manifest. Errors: case-changed, case-unreadable. */
  read(chunk: SeenChunk): Promise<Uint8Array>;
  close(): void;
}

/** Before format 2, chunks were of all windows together and began with no keyframe. */
const firstFormat = 2;

/**
 * Opens a case file to look at, however large. Undefined for whatever isn't one, is encrypted, is refused, or can't be seen before it is
 * imported: the import says why.
 */
export async function openLook(path: string): Promise<OpenedLook | undefined> {
  try {
    // What is no file isn't waited for.
    if (!(await isCaseFile(path))) return undefined;
    const opened = await openCase(path);
    try {
      const look = await lookInto(opened);
      if (look) return look;
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

async function lookInto(opened: OpenedCase): Promise<OpenedLook | undefined> {
  const { manifest, manifestHash, signer, isNamed } = opened;
  if (signer === 'broken' || !isNamed || manifest.formatVersion < firstFormat) return undefined;
  const sizes = new Map(manifest.resources.map(({ path, bytes }) => [path, bytes]));
  const recordings: SeenInFile[] = [];
  for (const [place, { index }] of (await readIndexes(opened)).entries()) {
    const chunks = seenChunks(index, (path) => sizes.get(path));
    const { title, startedAt, durationMs } = index;
    if (chunks) recordings.push({ place, title, startedAt, durationMs, chunks });
  }
  if (recordings.length === 0) return undefined;
  return {
    title: manifest.title,
    manifestHash,
    recordings,
    read: async (chunk) => checkSeenChunk(await opened.read(chunk.file), chunk),
    close: () => opened.close(),
  };
}
