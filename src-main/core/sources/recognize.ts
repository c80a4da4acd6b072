import type { ConnectionId } from '../../contract/ids';
import type {
  ConnectionKind,
  ConnectionPlace,
  Question,
  Reading,
  RecognizedText,
  SourceCapabilities,
} from '../../contract/source';
import type { Platform } from './platform';
import type { PlatformLink, Source } from './source';

export interface RecognizingSource {
  id: ConnectionId;
  kind: ConnectionKind;
  origin: string;
  place: ConnectionPlace;
  source: Source;
}

/** The platforms, by their kind. */
type LinkReaders = Readonly<Partial<Record<ConnectionKind, Pick<Platform, 'readLink'>>>>;

/** The longest value that a query accepts. */
const valueLengthLimit: Partial<Record<Question, number>> = { page: 2000 };
const usualLengthLimit = 320;

/**
 * Determines what a text means to the connected sources. The first source is the one that the text was entered in. A link belongs to the
 * sources of its platform, address and settings; any other text to the first source, and to others only if it has a form of their own.
 */
export function recognizeText(
  entered: string,
  sources: readonly RecognizingSource[],
  readers: LinkReaders,
): RecognizedText {
  const text = entered.trim().replace(label, '');
  const links = findUrls(text)
    .map((url) => readLinks(url, readers))
    .find((found) => found.length > 0);
  if (!links) return { readings: readInSources(text, sources), isSessionLink: false };
  const owned = links.flatMap(({ kind, link }) =>
    sources.filter((each) => each.kind === kind && isOwn(link, each)).map((owner) => ({ owner, link })),
  );
  const isSessionLink = links.every(({ link }) => link.reading.by === 'sessionId');
  const readings = owned
    .filter(({ owner, link }) => canSearch(owner.source.capabilities, link.reading))
    .map(({ owner, link }) => ({ id: owner.id, ...link.reading }));
  const [first] = links;
  if (owned.length > 0 || !first) return { readings, isSessionLink };
  const { kind, link } = first;
  return { readings: [], unconnected: { kind, origin: link.origins[0], place: link.place }, isSessionLink };
}

/** The name of a value before it, as tickets have it: `Session ID: …`. */
const label = /^(?:e-?mail(?: address)?|(?:session|user|replay|recording)(?:[ _-]?id)?|id):\s+(?=\S)/i;

/** A text with more links than this is not a pasted link. */
const mostLinks = 5;

/** Returns the links in a text, which may be a sentence or a message. A single one may lack its scheme. */
function findUrls(text: string): URL[] {
  const bare = text.trim();
  const found = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/\S+$/i.test(bare)
    ? [`https://${bare}`]
    : [...bare.matchAll(/https?:\/\/[^\s<>"'“”|]+/gi)].map(([link]) => link.replace(/[.,;:!?)\]}]+$/, ''));
  return found
    .slice(0, mostLinks)
    .filter((link) => URL.canParse(link))
    .map((link) => {
      const url = unwrap(new URL(link));
      // Sources are connected by https only.
      url.protocol = 'https:';
      return url;
    });
}

/** Returns the link inside one that Outlook has replaced to check it first. */
function unwrap(url: URL): URL {
  const inner = url.searchParams.get('url') ?? '';
  const isWrapped = url.hostname.endsWith('.safelinks.protection.outlook.com') && /^https?:/i.test(inner);
  return isWrapped && URL.canParse(inner) ? new URL(inner) : url;
}

const isLink = (text: string): boolean => /^<?https?:\/\/\S+$/i.test(text);

/** Returns whether a link fits a connection: the same address, and no setting that differs. */
function isLinkOf(link: PlatformLink, connection: { origin: string; place: ConnectionPlace }): boolean {
  const { origin, place } = connection;
  if (!link.origins.includes(origin)) return false;
  return Object.entries(link.place).every(([field, value]) => {
    const own = place[field as keyof ConnectionPlace];
    return !own || !value || own.trim().toLowerCase() === value.toLowerCase();
  });
}

/**
 * Returns all readings of a text that the source can search for, the most likely first: the platform's own forms, then general ones. Each
 * field occurs once. Empty only if the text is, or is too long, or if the source can't be searched by text.
 */
function readText(text: string, source: Pick<Source, 'recognize' | 'capabilities'>): Reading[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const readings = [...(source.recognize?.(trimmed) ?? []), ...readGeneralForms(trimmed)];
  const known = readings.filter((reading) => canSearch(source.capabilities, reading));
  return known.filter(({ by }, index) => known.findIndex((other) => other.by === by) === index);
}

function readLinks(url: URL, readers: LinkReaders): { kind: ConnectionKind; link: PlatformLink }[] {
  return Object.entries(readers).flatMap(([kind, { readLink }]) => {
    const link = readLink?.(url);
    return link ? [{ kind: kind as ConnectionKind, link }] : [];
  });
}

const isOwn = (link: PlatformLink, { origin, place, source }: RecognizingSource): boolean =>
  isLinkOf(link, { origin, place }) && (source.isOwnLink?.(link) ?? true);

function readInSources(text: string, [first, ...others]: readonly RecognizingSource[]): RecognizedText['readings'] {
  if (!first) return [];
  const own = readText(text, first.source).map((reading) => ({ id: first.id, ...reading }));
  const elsewhere = others.flatMap(({ id, source }) => {
    const [reading] = (source.recognize?.(text.trim()) ?? []).filter((each) => canSearch(source.capabilities, each));
    return reading ? [{ id, ...reading }] : [];
  });
  return [...own, ...elsewhere];
}

const canSearch = ({ search }: SourceCapabilities, { by, text }: Reading): boolean =>
  search.includes(by) && text.length <= (valueLengthLimit[by] ?? usualLengthLimit);

const Email = /^[^\s@<>",;]+@[^\s@<>".]+(?:\.[^\s@<>".]+)+$/;
/** A name as platforms write it, and a value. */
const Filter = /^[A-Za-z_$][\w.:$-]{0,199}\s*=\s*\S/;
const Uuid = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** Platforms compare ids as text and write UUIDs without capitals. */
const lowerUuid = (text: string): string => (Uuid.test(text) ? text.toLowerCase() : text);

function readGeneralForms(text: string): Reading[] {
  const address = readEmail(text);
  return orderOf(text, address !== undefined).map((by) => ({
    by,
    text: by === 'email' ? (address ?? text) : by === 'sessionId' ? lowerUuid(text) : text,
  }));
}

/** Returns the address in a text as programs copy it: `a@b.example`, `“a@b.example”,`, `mailto:a@b.example` or `Jane <a@b.example>`. */
function readEmail(text: string): string | undefined {
  const inBrackets = /<([^<>|]+)(?:\|[^<>]*)?>[,;]?$/.exec(text)?.[1];
  const bare = (inBrackets ?? text)
    .replace(/^(["'“]?mailto:[^?]*)\?.*$/is, '$1')
    .replace(/^["'“]?(?:mailto:)?/i, '')
    .replace(/["'”,;.]+$/, '');
  return Email.test(bare) ? bare : undefined;
}

function orderOf(text: string, isEmail: boolean): readonly Question[] {
  if (isLink(text)) return ['page'];
  const isFilter = Filter.test(text);
  if (isEmail) return ['email', 'uid', 'distinctId', ...(isFilter ? ['filters' as const] : [])];
  if (isFilter) return ['filters', 'distinctId', 'uid', 'sessionId'];
  if (Uuid.test(text)) return ['sessionId', 'distinctId', 'uid'];
  return ['uid', 'distinctId', 'sessionId', 'email'];
}
