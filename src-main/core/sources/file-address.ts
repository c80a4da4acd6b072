import { CasementError } from '../../contract/errors';

/**
 * Returns a presigned address if it may be fetched. Throws `remote-elsewhere` for another scheme, a user name, or a host that isn't
 * one of the platform's stores: a reply must not make Casement connect to arbitrary hosts. A leading dot in `hosts` means all subdomains. The
 * error contains no part of the address.
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
