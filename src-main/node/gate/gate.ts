import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { gateWords, type ExportPart } from '../../contract/words/gate';
import { hasCode, type CasementError } from '../../contract/errors';
import { findLeak, opaquePart, type Finds } from '../../core/export/check';
import { createLeakCheck, type Originals } from '../../core/leak-check';
import { hashOf, nothingOwn, type OwnParts } from './own';
import { gatePorts } from './ports';
import { readParts } from './read-parts';
import { inMemory, type Source } from './source';

/** Checks every finished part of an export before it is written. Throws leak-refused or the signal's reason. */
export interface Gate {
  /** `name`: a name for the user, if the part's name is not precise enough. */
  (bytes: Uint8Array, part: ExportPart, name?: string): void;
  /** Checks a complete file and keeps only one of its entries in memory at a time. */
  file(path: string, part: ExportPart): void;
  /** As the call, but a refusal waits for `settle`, so that all parts of an export are read. */
  hold(bytes: Uint8Array, part: ExportPart, name?: string): void;
  /** Throws the first refusal that waits. */
  settle(): void;
  /** Allows exactly these bytes as an image in a page or a PDF. For images rendered from the redacted recording for this export. */
  allowImage(image: Uint8Array): void;
}

interface GateOptions {
  signal?: AbortSignal | undefined;
  /** The texts that Casement itself adds to an export (see `OwnParts`). */
  texts?: OwnParts['texts'];
  finds?: Finds | undefined;
  /** The start of each session on the clock of the export, ms. */
  starts?: readonly number[] | undefined;
}

export function createGate(
  originals: Originals,
  { signal, texts = nothingOwn.texts, finds, starts }: GateOptions = {},
): Gate {
  const images = new Set<string>();
  const own: OwnParts = { texts, images };
  const check = createLeakCheck(originals, gatePorts);
  const checkSource = (source: Source, part: ExportPart, name: string = gateWords.parts[part].name): void => {
    // All parts are read, so that one more redaction hides all that was found.
    let refusal: CasementError | undefined;
    for (const piece of readParts(source, name, own)) {
      signal?.throwIfAborted();
      const found =
        'isOpaque' in piece
          ? opaquePart(piece.name)
          : findLeak(check, piece.bytes, { part, name: piece.name, starts }, finds);
      refusal ??= found;
      if (refusal && !finds) break;
    }
    if (refusal) throw refusal;
  };
  const checkBytes = (bytes: Uint8Array, part: ExportPart, name?: string): void =>
    checkSource(inMemory(bytes), part, name);
  let waiting: Error | undefined;
  return Object.assign(checkBytes, {
    hold(bytes: Uint8Array, part: ExportPart, name?: string): void {
      try {
        checkBytes(bytes, part, name);
      } catch (error) {
        if (!(error instanceof Error) || !hasCode(error, 'leak-refused') || !finds) throw error;
        waiting ??= error;
      }
    },
    settle(): void {
      if (waiting !== undefined) throw waiting;
    },
    allowImage: (image: Uint8Array): void => void images.add(hashOf(image)),
    file(path: string, part: ExportPart): void {
      const file = openSync(path, 'r');
      try {
        checkSource(onDisk(file), part);
      } finally {
        closeSync(file);
      }
    },
  });
}

function onDisk(file: number): Source {
  const { size } = fstatSync(file);
  return {
    length: size,
    read(start, end) {
      const from = Math.min(start, size);
      const bytes = Buffer.alloc(Math.max(0, Math.min(end, size) - from));
      readSync(file, bytes, 0, bytes.length, from);
      return bytes;
    },
  };
}
