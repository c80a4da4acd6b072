import { createHash } from 'node:crypto';

/** The parts of an export that Casement itself adds. The gate skips exactly these bytes, because it knows their content. */
export interface OwnParts {
  /** For example the script of a replay page, which contains nothing from a recording. */
  readonly texts: readonly Uint8Array[];
  /** SHA-256 (hex) of each image that was rendered from the redacted recording for this export. */
  readonly images: ReadonlySet<string>;
}

export const nothingOwn: OwnParts = { texts: [], images: new Set() };

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const newLine = Buffer.from('\n');

/** Returns the file without Casement's own texts, each removed once, and without its own images in data URLs. */
export function withoutOwn({ texts, images }: OwnParts, file: Buffer): Buffer {
  const rest = texts.reduce<Buffer>((kept, part) => {
    const at = kept.indexOf(part);
    return at < 0 ? kept : Buffer.concat([kept.subarray(0, at), newLine, kept.subarray(at + part.length)]);
  }, file);
  return images.size === 0 ? rest : withoutImages(rest, images);
}

function withoutImages(file: Buffer, images: ReadonlySet<string>): Buffer {
  const text = file.toString('latin1');
  const kept = text.replace(/"data:image\/jpeg;base64,([A-Za-z0-9+/]+={0,2})"/g, (match, data: string) => {
    const bytes = Buffer.from(data, 'base64');
    // Only canonical base64, whose unused bits can't hide other data.
    return bytes.toString('base64') === data && images.has(hashOf(bytes)) ? '""' : match;
  });
  return kept.length === text.length ? file : Buffer.from(kept, 'latin1');
}
