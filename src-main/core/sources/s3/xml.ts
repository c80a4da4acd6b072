import { CasementError } from '../../../contract/errors';

/** An element without its attributes. `text` is the text directly inside it. */
export interface XmlElement {
  name: string;
  text: string;
  children: XmlElement[];
}

const deepest = 12;
const mostElements = 100_000;

/**
 * Parses the XML that S3 returns. It refuses document types, custom entities and processing instructions other than the
 * declaration with `remote-not-list`, so a reply can't expand.
 */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: '', text: '', children: [] };
  const open = [root];
  const tag = /<(\/?)([A-Za-z_][\w.:-]*)(?:\s[^<>]*?)?(\/?)>/y;
  let at = /^\ufeff?\s*(?:<\?xml[^<>]*\?>)?\s*/.exec(text)?.[0].length ?? 0;
  let elements = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const inner = open.at(-1);
    if (!inner) throw notAList();
    const words = text.slice(at, next === -1 ? text.length : next);
    if (open.length > 1) inner.text += unescape(words);
    else if (words.trim() !== '') throw notAList();
    if (next === -1) break;
    tag.lastIndex = next;
    const match = tag.exec(text);
    if (!match) throw notAList();
    const [tagText, slash, name = '', empty] = match;
    at = next + tagText.length;
    if (slash) {
      if (inner.name !== name || open.length === 1) throw notAList();
      open.pop();
      continue;
    }
    if (++elements > mostElements || open.length > deepest) throw notAList();
    const element: XmlElement = { name, text: '', children: [] };
    inner.children.push(element);
    if (!empty) open.push(element);
  }
  const [document, another] = root.children;
  if (!document || another || open.length > 1) throw notAList();
  return document;
}

export function childrenNamed(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** Returns the text of the first child with this name; undefined if there is none. */
export function textOfChild(element: XmlElement | undefined, name: string): string | undefined {
  return childrenNamed(element, name)[0]?.text;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&([^;&]{0,10});?/g, (match, name: string) => {
    if (Object.hasOwn(named, name) && match.endsWith(';')) return named[name] ?? '';
    const code = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const point = code ? parseInt(code[1] ?? code[2] ?? '', code[1] ? 16 : 10) : NaN;
    if (!(point > 0 && point <= 0x10ffff) || !match.endsWith(';')) throw notAList();
    return String.fromCodePoint(point);
  });
}

export const notAList = (): CasementError => new CasementError('remote-not-list');
