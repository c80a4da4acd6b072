import { createHash } from 'node:crypto';

/** What Casement itself brings into an export. Of these very bytes the gate knows what they are, so it passes over them and over no others. */
export interface OwnParts {
  /** Such as a page's program; it says nothing of a recording. */
  readonly texts: readonly Uint8Array[];
  /** SHA-256, hex, of each picture that was made of the redacted recording for this export. */
  readonly pictures: ReadonlySet<string>;
}

export const nothingOwn: OwnParts = { texts: [], pictures: new Set() };

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const newLine = Buffer.from('\n');

/** The file without Casement's own texts, each taken out once, and without the pictures that lie in a page as data. */
export function withoutOwn({ texts, pictures }: OwnParts, file: Buffer): Buffer {
  const rest = texts.reduce<Buffer>((kept, part) => {
    const at = kept.indexOf(part);
    return at < 0 ? kept : Buffer.concat([kept.subarray(0, at), newLine, kept.subarray(at + part.length)]);
  }, file);
  return pictures.size === 0 ? rest : withoutPictures(rest, pictures);
}

function withoutPictures(file: Buffer, pictures: ReadonlySet<string>): Buffer {
  const text = file.toString('latin1');
  const kept = text.replace(/"data:image\/jpeg;base64,([A-Za-z0-9+/]+={0,2})"/g, (whole, data: string) => {
    const bytes = Buffer.from(data, 'base64');
    // Written in the one way that has no room for anything else.
    return bytes.toString('base64') === data && pictures.has(hashOf(bytes)) ? '""' : whole;
  });
  return kept.length === text.length ? file : Buffer.from(kept, 'latin1');
}
