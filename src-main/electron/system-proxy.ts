import { session } from 'electron';

/**
 * Returns the system's proxies for an address, such as `PROXY proxy.example:3128; DIRECT`. The browser resolves no host names, so it can't load a
 * proxy script from a web address; in that case only the system's fixed proxies, if any, are used.
 */
export function resolveProxy(url: string): Promise<string> {
  return session.defaultSession.resolveProxy(url);
}
