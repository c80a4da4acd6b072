import { createHash } from 'node:crypto';
import { deflateSync, gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { rawZip, type RawEntry } from '../helpers/raw-zip';
import type { SeededRandom } from '../helpers/seeded-random';
import { encodings } from './encodings';

type Encode = (value: string) => string | undefined;

const of = (...names: string[]): Encode[] => names.map((name) => (value) => encodings[name]?.(value));

/** Encodings that can be nested. `depth` is the number of layers that the gate needs to decode one. */
const layers: readonly { encode: Encode; depth: number }[] = [
  ...of(
    'percent',
    'form',
    'decimal entities',
    'hexadecimal entities',
    'unicode escapes',
    'base64',
    'base64 after a byte',
    'base64 after two bytes',
    'hex',
    'quoted-printable',
  ).map((encode) => ({ encode, depth: 1 })),
  ...of('percent twice', 'base64url', 'json in json', 'payload of a jwt', 'gzip', 'utf-16').map((encode) => ({
    encode,
    depth: 2,
  })),
];
/** The gate decodes six layers. The format of the file can add one, and a form of the value itself can add another. */
const mostLayers = 4;

/** Forms of the value itself, which are applied before any layer. */
const forms: readonly Encode[] = [
  ...of('upper case', 'full width', 'zero-width spaces', 'soft hyphens', 'look-alikes', 'arabic digits'),
  (value) => value.toLowerCase(),
  (value) => value.normalize('NFD'),
  (value) => (value.length >= 8 ? encodings.reversed?.(value) : undefined),
  (value) => (value.length >= 8 && /[a-z]{4}/.test(value) ? encodings['rot 13']?.(value) : undefined),
  (value) => deflateSync(value).toString('base64'),
  (value) => gzipSync(value).toString('base64'),
];
const digests: readonly Encode[] = ['md5', 'sha1', 'sha256'].flatMap((name) =>
  (['hex', 'base64'] as const).map((how) => (value: string) => createHash(name).update(value).digest(how)),
);

/** Writes a value in a random form that the gate must recognise. */
export function disguise(value: string, random: SeededRandom): string {
  const kind = random.below(10);
  if (kind === 0) return random.pick(digests)(value) ?? value;
  let written = kind < 4 ? (random.pick(forms)(value) ?? value) : value;
  for (let left = random.below(mostLayers + 1); left > 0;) {
    const { encode, depth } = random.pick(layers);
    left -= depth;
    if (left >= 0) written = encode(written) ?? written;
  }
  return written;
}

/** Inserts a written value into an artifact, at a random position where this type of file can contain text. */
export function inject(kind: string, bytes: Buffer, written: string, random: SeededRandom): Buffer {
  if (kind === 'casement') return intoArchive(bytes, written, random);
  if (kind === 'gz') return gzipSync(inject('json', gunzipSync(bytes), written, random));
  const file = bytes.toString();
  if (kind === 'replay.html') return Buffer.from(intoData(file, written, random));
  if (kind === 'html') return Buffer.from(intoMarkup(file, written, random));
  if (kind.includes('csv')) return Buffer.from(intoTable(file, written, random));
  if (/^\s*[[{]/.test(file)) return Buffer.from(intoJson(file, written, random));
  return Buffer.from(intoText(file, kind, written, random));
}

/** Returns the end of a random match of a pattern. */
function positionAfter(text: string, pattern: RegExp, random: SeededRandom): number {
  const start = random.below(text.length);
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  if (found) return pattern.lastIndex;
  pattern.lastIndex = 0;
  return pattern.exec(text) ? pattern.lastIndex : text.length;
}

const insert = (text: string, at: number, piece: string): string => text.slice(0, at) + piece + text.slice(at);

/** Inserts it at the start or end of a string or a key, or as a new value or key. */
function intoJson(file: string, written: string, random: SeededRandom): string {
  const piece = JSON.stringify(written).slice(1, -1);
  const end = positionAfter(file, /"(?=\s*[,:}\]])/g, random) - 1;
  const start = file.lastIndexOf('"', end - 1) + 1;
  switch (random.below(4)) {
    case 0:
      return insert(file, start, `${piece} `);
    case 1:
      return insert(file, end, ` ${piece}`);
    case 2:
      return insert(file, positionAfter(file, /\{(?=")/g, random), `"note":"${piece}",`);
    default:
      return insert(file, positionAfter(file, /\{(?=")/g, random), `"${piece}":"note",`);
  }
}

function intoData(file: string, written: string, random: SeededRandom): string {
  const start = file.indexOf('>', file.indexOf('id="session-data"')) + 1;
  const end = file.indexOf('</script>', start);
  return (
    file.slice(0, start) +
    intoJson(file.slice(start, end), written, random).replaceAll('<', '\\u003c') +
    file.slice(end)
  );
}

function intoMarkup(file: string, written: string, random: SeededRandom): string {
  const safe = written.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const at = positionAfter(file, /<\/td>|<\/p>|<\/h1>|<\/li>/g, random);
  return insert(
    file,
    at,
    random.pick([`<p>${safe}</p>`, `<p>by ${safe}, today</p>`, `<i title="${safe}"></i>`, `<!-- ${safe} -->`]),
  );
}

function intoTable(file: string, written: string, random: SeededRandom): string {
  const cell = `"${written.replaceAll('"', '""')}"`;
  return insert(file, positionAfter(file, /,(?=[^\n]*\n)/g, random), `${cell},`);
}

/** Inserts it into prose, escaping the format's special characters. */
function intoText(file: string, kind: string, written: string, random: SeededRandom): string {
  const escaped: Record<string, (text: string) => string> = {
    md: (text) =>
      text.replace(/[\\`*_[\]<>|~$&{}@#]/g, (character) => `\\${character}${/[@#]/.test(character) ? '<!-- -->' : ''}`),
    jira: (text) =>
      text.replace(/[\\&]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/[{}[\]|*_^+~?!@()-]/g, '\\$&'),
    zendesk: (text) => text.replace(/[\\`*_[\]|~${}!]/g, '\\$&').replaceAll('@', '＠'),
  };
  const line = random.below(2) === 0 ? written : (escaped[kind]?.(written) ?? written);
  return insert(file, positionAfter(file, / (?=\S)/g, random), `${line} `);
}

function intoArchive(bytes: Buffer, written: string, random: SeededRandom): Buffer {
  const entries = readEntries(bytes);
  const chosen = random.below(entries.length);
  const target = random.below(6);
  if (target === 0) return rawZip(entries, { between: Buffer.from(` ${written} `) });
  if (target === 1) return rawZip(entries, { before: Buffer.from(`${written}\n`) });
  const changed = entries.map((entry, index): RawEntry => {
    if (index !== chosen) return entry;
    const name = String(entry.name);
    if (target === 2) return { ...entry, name: `${written.slice(0, 20_000)}/${name}` };
    if (target === 3) return { ...entry, comment: written.slice(0, 20_000) };
    const kind = name === 'replay.html' ? name : (name.split('.').at(-1) ?? '');
    return {
      ...entry,
      content: entry.content.length === 0 ? Buffer.from(written) : inject(kind, entry.content, written, random),
    };
  });
  return rawZip(changed);
}

function readEntries(bytes: Buffer): RawEntry[] {
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const entries: RawEntry[] = [];
  for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const content = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
    entries.push({ name: bytes.toString('utf8', at + 46, nameEnd), content });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
