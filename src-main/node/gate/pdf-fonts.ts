import type { CharacterMap, FontMaps } from './pdf-text';

/**
 * Returns the fonts of a PDF. A font with many characters is split into subsets of 256, so a word may be drawn with several.
 * `objects`: the file without its streams. `maps`: the character maps, by object number. If pages use one name for different fonts,
 * each font is in one of the results.
 */
export function readFonts(objects: string, maps: ReadonlyMap<number, CharacterMap>): FontMaps[] {
  const fonts = new Map<number, CharacterMap>();
  for (const [, id, body = ''] of objects.matchAll(/(\d+)\s+\d+\s+obj\b([\s\S]*?)\bendobj\b/g)) {
    const map = maps.get(Number(/\/ToUnicode\s+(\d+)\s/.exec(body)?.[1]));
    if (map) fonts.set(Number(id), map);
  }
  const byName = new Map<string, Set<CharacterMap>>();
  for (const [, name = '', id] of objects.matchAll(/\/([^\s/<>[\]()]+)\s+(\d+)\s+\d+\s+R\b/g)) {
    const map = fonts.get(Number(id));
    if (map) byName.set(name, (byName.get(name) ?? new Set()).add(map));
  }
  const most = Math.max(0, ...[...byName.values()].map(({ size }) => size));
  return Array.from({ length: most }, (_, index): FontMaps => (name) => {
    const known = [...(byName.get(name) ?? [])];
    return known[Math.min(index, known.length - 1)];
  });
}
