const segment = (name: number, content: readonly number[]): number[] => {
  const length = content.length + 2;
  return [0xff, name, length >> 8, length & 0xff, ...content];
};

/** Returns a baseline JPEG of noise. `aside`: segments with these bytes, as cameras and editors write them. */
export function smallJpeg({ width = 640, height = 400, aside = [] as number[][], seed = 1 } = {}): Uint8Array {
  const size = [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0];
  const noise = Array.from({ length: 900 }, (_, index) => (index * index * 31 + index * seed * 17) % 255);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...aside.flatMap((content, index) => segment(index === 0 ? 0xfe : 0xe0 + index, content)),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    ...segment(0xc0, size),
    ...segment(0xc4, [0, ...Array.from({ length: 16 }, () => 0)]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...noise,
    ...[0xff, 0xd9],
  ]);
}
