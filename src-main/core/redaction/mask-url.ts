import type { Words } from './words';

/** Turns an address into its origin and the template of its route. Never yields a query, a fragment, a user or a data URL. */
export type UrlMask = (address: string) => string;

/** What stands in place of an address that isn't a web page's. */
const blankUrl = 'about:blank';

const fileEndings: ReadonlySet<string> = new Set(
  'css gif htm html ico jpeg jpg js json map mjs pdf png svg txt webp woff woff2 xml'.split(' '),
);
/** Second-level suffixes under which names are registered, as in `example.co.uk`. */
const secondLevel = /^(?:ac|co|com|edu|gob|gov|ne|net|or|org)$/;
const segmentsLimit = 12;
const addressLimit = 8000;

/** A relative address is resolved against this one, and written relative again. */
const base = 'http://relative.invalid';

export function createUrlMask(words: Words): UrlMask {
  function maskSegment(segment: string): string {
    if (segment === '') return '';
    if (!/^[\w.-]{1,60}$/.test(segment)) return ':seg';
    const parts = segment.split(/[-_.]|(?<=[a-z])(?=[A-Z])/);
    const ending = parts.length > 1 ? (parts.at(-1) ?? '') : '';
    const isFile = fileEndings.has(ending) && segment.endsWith(`.${ending}`);
    const names = isFile ? parts.slice(0, -1) : parts;
    if (names.every((part) => part.length > 1 && words.hasInRoute(part))) return segment;
    return isFile ? `:seg.${ending}` : ':seg';
  }

  function maskHost(host: string): string {
    if (host === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(host) || host === '[::1]') return host;
    if (!/^[a-z0-9.-]{1,253}$/.test(host) || !host.includes('.') || /\.\d+$/.test(host)) return 'host.invalid';
    const labels = host.split('.');
    const registered = secondLevel.test(labels.at(-2) ?? '') && (labels.at(-1) ?? '').length === 2 ? 3 : 2;
    return labels
      .map((label, index) => (index >= labels.length - registered || words.hasInRoute(label) ? label : 'x'))
      .join('.');
  }

  return (address) => {
    if (address.length > addressLimit) return blankUrl;
    let url: URL;
    try {
      url = new URL(address, base);
    } catch {
      return blankUrl;
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return blankUrl;
    const segments = url.pathname.split('/');
    const path = segments
      .slice(0, segmentsLimit)
      .map((segment) => maskSegment(segment))
      .join('/');
    if (url.origin === base) return path;
    return `${url.protocol}//${maskHost(url.hostname)}${url.port === '' ? '' : `:${url.port}`}${path}`;
  };
}
