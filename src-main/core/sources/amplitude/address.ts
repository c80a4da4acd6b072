import { CasementError } from '../../../contract/errors';

/** Where an Amplitude project's data lives. */
export type AmplitudeRegion = 'us' | 'eu';

const origins: Readonly<Record<AmplitudeRegion, string>> = {
  us: 'https://amplitude.com',
  eu: 'https://analytics.eu.amplitude.com',
};

export function amplitudeOrigin(region: AmplitudeRegion): string {
  return origins[region];
}

/** The hosts of presigned addresses; for the connection's allow-list too. A leading dot means all hosts below it. */
export const amplitudeFileHosts: readonly string[] = ['.amazonaws.com'];

/**
 * How a key is shown to Amplitude; for the transport. It is a pair: the API key and the secret key, with a colon between them.
 * Throws `key-refused` for what isn't one.
 */
export function amplitudeAuthorization(key: string): string {
  if (!/^[\x21-\x39\x3b-\x7e]+:[\x21-\x7e]+$/.test(key)) throw new CasementError('key-refused');
  return `Basic ${btoa(key)}`;
}

/** `device/session`, as Amplitude writes it: neither side may be empty. */
export function isReplayId(id: string): boolean {
  return /^[\x21-\x7e]{3,200}$/.test(id) && /^(?!\.{1,2}\/)[^/].*\/.*[^/]$/.test(id);
}

/**
 * A presigned address that may be fetched. Throws `remote-elsewhere` for another scheme, an address with a user name, and a host
 * that isn't one of Amplitude's stores: an answer must not make us ask anybody it likes. The error names nothing of it.
 */
export function checkFileAddress(address: string, hosts: readonly string[]): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isFine =
    url?.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    hosts.some((host) => (host.startsWith('.') ? url.hostname.endsWith(host) : url.host === host));
  if (!isFine) throw new CasementError('remote-elsewhere');
  return url.href;
}
