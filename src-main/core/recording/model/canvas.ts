import { isRecord, listOf, type JsonRecord } from '../json';

const imageTypes: ReadonlySet<unknown> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif']);

/**
 * Returns the image of a canvas after its commands as a data: URL, if one of them draws a recorded image of the entire canvas (at
 * 0, 0), as recorders that sample canvases do. Returns undefined for all other commands: drawings can't be executed without a canvas,
 * so the image before them stays.
 */
export function readDrawnImage({ commands, property, args }: JsonRecord): string | undefined {
  const list = Array.isArray(commands) ? (commands as unknown[]) : [{ property, args }];
  for (let index = list.length - 1; index >= 0; index--) {
    const command = list[index];
    if (!isRecord(command) || command.property !== 'drawImage') continue;
    const [image, x, y] = listOf(command.args);
    const drawn = x === 0 && y === 0 ? readBitmap(image) : undefined;
    if (drawn !== undefined) return drawn;
  }
  return undefined;
}

/** `{rr_type: 'ImageBitmap', args: [{rr_type: 'Blob', type, data: [{rr_type: 'ArrayBuffer', base64}]}]}` */
function readBitmap(image: unknown): string | undefined {
  const blob = isRecord(image) && image.rr_type === 'ImageBitmap' ? listOf(image.args)[0] : undefined;
  if (!isRecord(blob) || blob.rr_type !== 'Blob' || !imageTypes.has(blob.type)) return undefined;
  const [part, ...others] = listOf(blob.data);
  if (!isRecord(part) || typeof part.base64 !== 'string' || others.length > 0) return undefined;
  return `data:${String(blob.type)};base64,${part.base64}`;
}
