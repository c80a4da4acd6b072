import type { MissingKind } from '../../../contract/session';

/** Files that a style sheet refers to. Comments are skipped, and so are namespaces, which look like files. */
const reference =
  /\/\*[^]*?\*\/|@namespace[^;]*;|@font-face\s*\{([^}]*)\}|@import\s+(?:url\(\s*)?(?:"([^"]*)"|'([^']*)'|([^"')\s;]+))|url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)/gi;
const address = /url\(\s*["']?([^"')\s]*)/gi;
const family = /font-family\s*:\s*(?:"([^"]*)"|'([^']*)'|([^;"']*))/i;

/**
 * Returns the images, fonts and imported sheets of a style sheet that aren't in it. A font counts by its family, if no source of one of its
 * faces is in the sheet.
 */
export function findCssFiles(css: string): [kind: MissingKind, name: string][] {
  if (!/url\(|@import/i.test(css)) return [];
  const found: [MissingKind, string][] = [];
  for (const [, face, ...groups] of css.matchAll(reference)) {
    const imported = groups.slice(0, 3).find((text) => text !== undefined);
    const image = groups.slice(3, 6).find((text) => text !== undefined);
    if (face !== undefined) {
      const sources = [...face.matchAll(address)].map(([, source = '']) => source);
      if (sources.length > 0 && sources.every(isOutside)) found.push(['fonts', familyOf(face)]);
    } else if (imported !== undefined && isOutside(imported)) found.push(['sheets', withoutFragment(imported)]);
    else if (image !== undefined && isOutside(image)) found.push(['images', withoutFragment(image)]);
  }
  return found;
}

function familyOf(face: string): string {
  const [, ...groups] = family.exec(face) ?? [];
  return groups.find((text) => text !== undefined)?.trim() ?? '';
}

function isOutside(text: string): boolean {
  return !/^(?:$|#|data:|about:)/i.test(text.trim());
}

function withoutFragment(text: string): string {
  return text.trim().replace(/#.*/s, '');
}
