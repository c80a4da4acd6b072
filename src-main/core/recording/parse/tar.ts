import { damageWords } from '../../../contract/words/recording';
import { concatBytes } from '../../bytes';
import { shownName } from '../shown-name';
import type { DamageTally } from './damage';
import type { ParseLimits } from './limits';

/** A regular file in a tar archive. Its name is only for display and never used as a path. */
export interface TarMember {
  name: string;
  bytes: Uint8Array;
}

export const blockBytes = 512;
const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

/** POSIX (ustar) and GNU archives have the same magic word at the same offset. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= blockBytes && latin1.decode(bytes.subarray(257, 262)) === 'ustar';
}

/**
 * Yields the regular files of a tar archive, one at a time in memory. Everything else is skipped and counted. Names that are too long for
 * the header stay truncated. An invalid header ends the archive, because the following bytes may be the content of a file.
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array>,
  limits: ParseLimits,
  damage: DamageTally,
): AsyncGenerator<TarMember> {
  const reader = new PieceReader(source);
  try {
    for (let count = 0; ; count++) {
      const header = await reader.take(blockBytes);
      if (header.length === 0 || header.every((byte) => byte === 0)) return;
      const size = header.length === blockBytes ? readOctal(header, 124, 12) : undefined;
      if (size === undefined || !hasGoodChecksum(header) || count >= limits.members) {
        damage.add(damageWords.archiveDamaged);
        return;
      }
      const padded = Math.ceil(size / blockBytes) * blockBytes;
      const type = latin1.decode(header.subarray(156, 157));
      const isFile = type === '0' || type === '\0';
      if (!isFile && !silentTypes.has(type)) damage.add(damageWords.memberSkipped);
      if (!isFile || size > limits.memberBytes) {
        if (isFile) damage.add(damageWords.memberTooLarge);
        if ((await reader.skip(padded)) < size) damage.add(damageWords.archiveDamaged);
        continue;
      }
      const bytes = await reader.take(size);
      if (bytes.length < size) damage.add(damageWords.archiveDamaged);
      else await reader.skip(padded - size);
      // The beginning of a file is as useful as that of a truncated recording.
      if (bytes.length > 0 || size === 0) yield { name: readName(header), bytes };
    }
  } finally {
    await reader.close();
  }
}

/** Reads any number of bytes from pieces of any length. */
class PieceReader {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** Returns fewer bytes at the end. */
  async take(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    await this.pass(count, (part) => parts.push(part));
    return concatBytes(parts);
  }

  skip(count: number): Promise<number> {
    return this.pass(count, () => undefined);
  }

  async close(): Promise<void> {
    await this.iterator.return?.();
  }

  private async pass(count: number, onPart: (part: Uint8Array) => unknown): Promise<number> {
    let passed = 0;
    while (passed < count) {
      if (this.rest.length === 0) {
        const next = await this.iterator.next();
        if (next.done) break;
        this.rest = next.value;
      }
      const part = this.rest.subarray(0, count - passed);
      this.rest = this.rest.subarray(part.length);
      passed += part.length;
      onPart(part);
    }
    return passed;
  }
}

/** Types of folders, and of records with long names and times of the next entry. */
const silentTypes = new Set(['5', 'x', 'g', 'L', 'K']);

function readName(header: Uint8Array): string {
  const field = header.subarray(0, 100);
  const end = field.indexOf(0);
  return shownName(utf8.decode(end === -1 ? field : field.subarray(0, end)));
}

function readOctal(header: Uint8Array, start: number, length: number): number | undefined {
  const digits = latin1
    .decode(header.subarray(start, start + length))
    .replace(/[\0 ]+$/, '')
    .trimStart();
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** Checks the sum of the header's bytes. The eight bytes of the checksum itself count as spaces. */
function hasGoodChecksum(header: Uint8Array): boolean {
  const stored = readOctal(header, 148, 8);
  let sum = 8 * 0x20;
  header.forEach((byte, index) => {
    if (index < 148 || index >= 156) sum += byte;
  });
  return stored === sum;
}
