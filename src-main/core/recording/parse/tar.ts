import { damageWords } from '../../../contract/words/recording';
import { DamageTally } from './damage';

/** A regular file in a tar archive. Its name is only shown: nothing is ever written where it says. */
export interface TarMember {
  name: string;
  bytes: Uint8Array;
}

const blockBytes = 512;
const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

/** POSIX (ustar) and GNU archives have the same magic word at the same place. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= blockBytes && latin1.decode(bytes.subarray(257, 262)) === 'ustar';
}

/**
 * The regular files of a tar archive; everything else is skipped and counted. Longer names than the header has room for stay cut.
 * A header that isn't one ends the archive: what follows can't be told apart from the inside of a file.
 */
export function readTar(bytes: Uint8Array, memberLimit: number): { members: TarMember[]; damage: DamageTally } {
  const members: TarMember[] = [];
  const damage = new DamageTally();
  let position = 0;
  for (let count = 0; position + blockBytes <= bytes.length; count++) {
    const header = bytes.subarray(position, position + blockBytes);
    if (header.every((byte) => byte === 0)) break;
    const size = readOctal(header, 124, 12);
    const start = position + blockBytes;
    const isWhole = size !== undefined && start + size <= bytes.length;
    if (!isWhole || !hasGoodChecksum(header) || count >= memberLimit) {
      damage.add(damageWords.archiveDamaged);
      break;
    }
    const type = latin1.decode(header.subarray(156, 157));
    if (type === '0' || type === '\0')
      members.push({ name: readName(header), bytes: bytes.subarray(start, start + size) });
    else if (!silentTypes.has(type)) damage.add(damageWords.memberSkipped);
    position = start + Math.ceil(size / blockBytes) * blockBytes;
  }
  return { members, damage };
}

/** Folders, and the records that carry long names and times of the next entry. */
const silentTypes = new Set(['5', 'x', 'g', 'L', 'K']);

/** The last part of a path, without control characters. */
function readName(header: Uint8Array): string {
  const field = header.subarray(0, 100);
  const end = field.indexOf(0);
  const path = utf8.decode(end === -1 ? field : field.subarray(0, end));
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/\p{C}/gu, '').slice(0, 100);
}

function readOctal(header: Uint8Array, start: number, length: number): number | undefined {
  const digits = latin1
    .decode(header.subarray(start, start + length))
    .replace(/[\0 ]+$/, '')
    .trimStart();
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** The sum of the header's bytes, with its own eight read as spaces. */
function hasGoodChecksum(header: Uint8Array): boolean {
  const stored = readOctal(header, 148, 8);
  let sum = 8 * 0x20;
  header.forEach((byte, index) => {
    if (index < 148 || index >= 156) sum += byte;
  });
  return stored === sum;
}
