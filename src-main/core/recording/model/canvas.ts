import { isRecord, listOf, type JsonRecord } from '../json';

const pictureTypes: ReadonlySet<unknown> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
]);

/**
 * The picture that a canvas shows after its commands, as a data: URL, where one of them draws a recorded picture of the whole canvas
 * (at 0, 0): that is how recorders that sample canvases write them. Undefined for all other commands: a drawing cannot be
 * followed without a canvas, so the picture before stays.
 */
export function readPicture({ commands, property, args }: JsonRecord): string | undefined {
  const list = Array.isArray(commands) ? (commands as unknown[]) : [{ property, args }];
  for (let index = list.length - 1; index >= 0; index--) {
    const command = list[index];
    if (!isRecord(command) || command.property !== 'drawImage') continue;
    const [image, x, y] = listOf(command.args);
    const picture = x === 0 && y === 0 ? readBitmap(image) : undefined;
    if (picture !== undefined) return picture;
  }
  return undefined;
}

/** `{rr_type: 'ImageBitmap', args: [{rr_type: 'Blob', type, data: [{rr_type: 'ArrayBuffer', base64}]}]}` */
function readBitmap(image: unknown): string | undefined {
  const blob = isRecord(image) && image.rr_type === 'ImageBitmap' ? listOf(image.args)[0] : undefined;
  if (!isRecord(blob) || blob.rr_type !== 'Blob' || !pictureTypes.has(blob.type)) return undefined;
  const [part, ...others] = listOf(blob.data);
  if (!isRecord(part) || typeof part.base64 !== 'string' || others.length > 0) return undefined;
  return `data:${String(blob.type)};base64,${part.base64}`;
}
