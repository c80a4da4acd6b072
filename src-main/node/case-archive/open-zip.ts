import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CasementError } from '../../contract/errors';
import type { ScratchStore } from '../../core/recording/normalise/normalise';
import { onDisk } from '../files/disk-errors';
import { decryptWith, isEncrypted } from './passphrase';
import { PieceReader, type Piece } from './piece-reader';
import { openCheckedZip, openCheckedZipOf, type CheckedZip } from './read-zip';

/** The size of the pieces in which decrypted bytes are stored, bytes. */
const pieceBytes = 1 << 20;

/**
 * Opens the ZIP of a case file. An encrypted file is decrypted into the scratch store, which encrypts it again, and is
 * read from there. Throws the ZIP's errors, passphrase-needed, passphrase-wrong, disk-*.
 */
export async function openCaseZip(
  path: string,
  { passphrase, scratch }: { passphrase?: string | undefined; scratch?: ScratchStore | undefined },
): Promise<{ zip: CheckedZip; isEncrypted: boolean }> {
  if (!isEncrypted(await readHead(path))) return { zip: await openCheckedZip(path), isEncrypted: false };
  if (passphrase === undefined || !scratch) throw new CasementError('passphrase-needed');
  const pieces = await putAway(decryptWith(passphrase, createReadStream(path)), scratch);
  const length = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
  return { zip: await openCheckedZipOf(new PieceReader(pieces, scratch), length), isEncrypted: true };
}

async function readHead(path: string): Promise<Uint8Array> {
  return onDisk(async () => {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  });
}

async function putAway(source: AsyncIterable<Uint8Array>, scratch: ScratchStore): Promise<Piece[]> {
  const pieces: Piece[] = [];
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const write = async (): Promise<void> => {
    if (heldBytes === 0) return;
    pieces.push({ ref: await scratch.write(Buffer.concat(held)), bytes: heldBytes });
    held = [];
    heldBytes = 0;
  };
  for await (const part of source) {
    held.push(part);
    heldBytes += part.length;
    if (heldBytes >= pieceBytes) await write();
  }
  await write();
  return pieces;
}
