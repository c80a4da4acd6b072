import { session } from 'electron';

/**
 * The system's ways to an address, as `PROXY proxy.example:3128; DIRECT`. Asked of a browser session that loads nothing. The windows' browser
 * looks up no names, so a proxy script at a web address can't be had: the system's fixed proxies, or none, hold then.
 */
export function resolveProxy(url: string): Promise<string> {
  return session.defaultSession.resolveProxy(url);
}
