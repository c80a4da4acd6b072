import type { ConnectionPlace, Question, Reading, SourceCapabilities } from '../../contract/source';
import type { PlatformLink, Source } from './source';

/** Longer text is not a link. */
const linkLengthLimit = 8000;

/** Returns a pasted link; undefined for any other text. */
export function readUrl(text: string): URL | undefined {
  const trimmed = text.trim().replace(/^<(.*)>$/, '$1');
  const isWeb = trimmed.length <= linkLengthLimit && /^https?:\/\/\S+$/i.test(trimmed);
  return isWeb && URL.canParse(trimmed) ? new URL(trimmed) : undefined;
}

/** Returns whether a link fits a connection: the same address, and no setting that differs. */
export function isLinkOf(link: PlatformLink, connection: { origin: string; place: ConnectionPlace }): boolean {
  const { origin, place } = connection;
  if (!link.origins.includes(origin)) return false;
  return Object.entries(link.place).every(([field, value]) => {
    const own = place[field as keyof ConnectionPlace];
    return !own || !value || own === value;
  });
}

/**
 * Returns all readings of a text that the source can search for, the most likely first: the platform's own forms, then general ones. Each field
 * occurs once. Empty only if the text is, or if the source can't be searched by text.
 */
export function readText(text: string, source: Pick<Source, 'recognize' | 'capabilities'>): Reading[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const readings = [...(source.recognize?.(trimmed) ?? []), ...readGeneralForms(trimmed)];
  const known = readings.filter(({ by }) => canSearch(source.capabilities, by));
  return known.filter(({ by }, index) => known.findIndex((other) => other.by === by) === index);
}

const canSearch = ({ search }: SourceCapabilities, by: Question): boolean => search.includes(by);

const Email = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/;
/** A name as platforms write it, and a value. */
const Filter = /^[A-Za-z_$][\w.$-]{0,199}\s*=\s*\S/;
const Uuid = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

function readGeneralForms(text: string): Reading[] {
  const order = orderOf(text);
  return order.map((by) => ({ by, text: by === 'email' ? withoutMailto(text) : text }));
}

const withoutMailto = (text: string): string => text.replace(/^mailto:/i, '');

function orderOf(text: string): readonly Question[] {
  const filters: Question[] = Filter.test(text) ? ['filters'] : [];
  if (Email.test(withoutMailto(text))) return ['email', 'uid', 'distinctId', ...filters];
  if (filters.length > 0) return ['filters', 'distinctId', 'uid', 'sessionId'];
  if (Uuid.test(text)) return ['sessionId', 'distinctId', 'uid'];
  return ['uid', 'distinctId', 'sessionId', 'email'];
}
