import type { Policy } from '../../contract/policy';
import { fileEndings } from '../recording/file-endings';
import type { AllowedWords } from './allowed-words';

/** Returns a URL's origin and the template of its route. Never returns query values, fragments, user names or data URLs. */
export type UrlMask = (address: string) => string;

/** Replaces every URL that isn't http or https. */
const blankUrl = 'about:blank';

const pageEndings: ReadonlySet<string> = new Set(
  'css gif htm html ico js json map mjs png svg webp woff woff2 xml'.split(' '),
);
/** Files that people name themselves: even allowed words in their names are masked. */
const documentEndings: ReadonlySet<string> = new Set([...fileEndings].filter((ending) => !pageEndings.has(ending)));
/** Second-level suffixes under which names are registered, as in `example.co.uk`. */
const secondLevel = /^(?:ac|co|com|edu|gob|gov|ne|net|or|org)$/;
/** A host with a top-level domain. Other texts, such as a token with dots, also parse as a host. */
const topLevel = /\.(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})$/;
const segmentsLimit = 12;
const addressLimit = 8000;

/** Relative URLs are resolved against this origin and written as relative again. */
const base = 'http://relative.invalid';

type UrlRules = Policy['urls'];
const strictRules: UrlRules = { hosts: 'registered', keepHosts: [], keepSegments: [], queryKeys: [] };

export function createUrlMask(words: AllowedWords, rules: UrlRules = strictRules): UrlMask {
  const segments = new Set(rules.keepSegments);
  const hosts = new Set(rules.keepHosts);
  const queryKeys = new Set(rules.queryKeys);

  function maskSegment(segment: string): string {
    if (segment === '' || segments.has(segment)) return segment;
    if (!/^[\w.-]{1,60}$/.test(segment)) return ':seg';
    const parts = segment.split(/[-_.]|(?<=[a-z])(?=[A-Z])/);
    const ending = parts.length > 1 ? (parts.at(-1) ?? '').toLowerCase() : '';
    const hasEnding = segment.toLowerCase().endsWith(`.${ending}`);
    const isDocument = hasEnding && documentEndings.has(ending);
    const isFile = isDocument || (hasEnding && pageEndings.has(ending));
    const names = isFile ? parts.slice(0, -1) : parts;
    if (!isDocument && names.every((part) => part.length > 1 && words.hasInRoute(part))) return segment;
    return isFile ? `:seg.${ending}` : ':seg';
  }

  function maskHost(host: string): string {
    if (host === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(host) || host === '[::1]') return host;
    if (hosts.has(host)) return host;
    if (rules.hosts === 'none') return 'host.invalid';
    if (!/^[a-z0-9.-]{1,253}$/.test(host) || !topLevel.test(host)) return 'host.invalid';
    const labels = host.split('.');
    const registered = secondLevel.test(labels.at(-2) ?? '') && (labels.at(-1) ?? '').length === 2 ? 3 : 2;
    return labels
      .map((label, index) => (index >= labels.length - registered || words.hasInRoute(label) ? label : 'x'))
      .join('.');
  }

  /** Returns the kept keys, each once, in the policy's order: their number and position in the URL could reveal more. */
  function maskQuery(query: URLSearchParams): string {
    const kept = [...queryKeys].filter((key) => query.has(key));
    return kept.length === 0 ? '' : `?${kept.map((key) => `${key}=:value`).join('&')}`;
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
    const path = url.pathname
      .split('/')
      .slice(0, segmentsLimit)
      .map((segment) => maskSegment(segment))
      .join('/')
      .concat(maskQuery(url.searchParams));
    if (url.origin === base) return path;
    return `${url.protocol}//${maskHost(url.hostname)}${url.port === '' ? '' : `:${url.port}`}${path}`;
  };
}
