import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { assertNoLeak, opaquePart } from '../../core/export/check';
import { createLeakCheck, type Originals } from '../../core/leak-check';
import { hashOf, nothingOwn, type OwnParts } from './own';
import { gatePorts } from './ports';
import { readParts } from './read-parts';
import { inMemory, type Source } from './source';

/** What every finished part of an export passes before it may leave. Errors: leak-refused, cancelled. */
export interface Gate {
  /** `channel` says which part it is, in words for the user. */
  (bytes: Uint8Array, channel: string): void;
  /** The same for a whole file, of which one entry at a time is in memory. */
  file(path: string, channel: string): void;
  /** From now on lets these very bytes pass where a page or a PDF has a picture: one that was made of what is redacted, for this export. */
  letPass(picture: Uint8Array): void;
}

/** `texts`: what Casement itself brings into an export (`OwnParts`). */
export function createGate(
  originals: Originals,
  signal?: AbortSignal,
  texts: OwnParts['texts'] = nothingOwn.texts,
): Gate {
  const pictures = new Set<string>();
  const own: OwnParts = { texts, pictures };
  const check = createLeakCheck(originals, gatePorts);
  const pass = (source: Source, channel: string): void => {
    for (const part of readParts(source, channel, own)) {
      signal?.throwIfAborted();
      if ('isOpaque' in part) throw opaquePart(part.name);
      assertNoLeak(check, part.bytes, part.name);
    }
  };
  return Object.assign((bytes: Uint8Array, channel: string): void => pass(inMemory(bytes), channel), {
    letPass: (picture: Uint8Array): void => void pictures.add(hashOf(picture)),
    file(path: string, channel: string): void {
      const file = openSync(path, 'r');
      try {
        pass(onDisk(file), channel);
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
