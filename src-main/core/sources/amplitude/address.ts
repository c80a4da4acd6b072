import { CasementError } from '../../../contract/errors';
import type { PlatformLink } from '../source';

/** The region of an Amplitude project's data. */
export type AmplitudeRegion = 'us' | 'eu';

const origins: Readonly<Record<AmplitudeRegion, string>> = {
  us: 'https://amplitude.com',
  eu: 'https://analytics.eu.amplitude.com',
};

/** Amplitude's documentation names one host of the EU's servers or the other, depending on the page. */
const euOrigins: readonly string[] = [origins.eu, 'https://eu.amplitude.com'];

/** Returns the other addresses of the server at an address. */
export function otherAmplitudeOrigins(origin: string): readonly string[] {
  return euOrigins.includes(origin) ? euOrigins.filter((other) => other !== origin) : [];
}

export function amplitudeOrigin(region: AmplitudeRegion): string {
  return origins[region];
}

/**
 * Reads the address of the player: amplitude.com/docs/session-replay/replay-link-reference, or as the address bar shows it. The replay's id is in
 * the query.
 */
export function readAmplitudeLink(url: URL): PlatformLink | undefined {
  const host = /^(?:app|analytics)\.(eu\.)?amplitude\.com$/.exec(url.host);
  const id = url.searchParams.get('sessionReplayId') ?? '';
  if (!host || !isReplayId(id)) return undefined;
  const origin = origins[host[1] === undefined ? 'us' : 'eu'];
  return { origins: [origin, ...otherAmplitudeOrigins(origin)], place: {}, reading: { by: 'sessionId', text: id } };
}

/** The allowed hosts of presigned addresses. A leading dot means all subdomains. */
export const amplitudeFileHosts: readonly string[] = ['.amazonaws.com'];

/**
 * Returns the `authorization` header for a key: the API key and the secret key, joined by a colon. Throws `key-refused` for any other
 * text.
 */
export function amplitudeAuthorization(key: string): string {
  if (!/^[\x21-\x39\x3b-\x7e]+:[\x21-\x7e]+$/.test(key)) throw new CasementError('key-refused');
  return `Basic ${btoa(key)}`;
}

/** Returns true for `device/session`, the form of Amplitude's ids. Neither part may be empty. */
export function isReplayId(id: string): boolean {
  return /^[\x21-\x7e]{3,200}$/.test(id) && /^(?!\.{1,2}\/)[^/].*\/.*[^/]$/.test(id);
}
