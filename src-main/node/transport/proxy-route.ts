/** How to reach a server: directly or through a proxy. */
export type Route = { kind: 'direct' } | ProxyRoute;

export interface ProxyRoute {
  kind: 'http' | 'https' | 'socks5' | 'unknown';
  host: string;
  port: number;
}

/** Returns the system's proxy list for an address, as in a PAC result: `PROXY proxy.example:3128; DIRECT`. */
export type ResolveProxy = (url: string) => Promise<string>;

/** A proxy's user name and password. Only that proxy receives them; no error or log contains them. */
export interface ProxyLogin {
  user: string;
  password: string;
}

/** Returns the login for a proxy. Throws keychain-*. */
export type ProxyCredentials = (host: string, port: number) => ProxyLogin | undefined | Promise<ProxyLogin | undefined>;

const kinds: Readonly<Record<string, { kind: ProxyRoute['kind']; port: number }>> = {
  PROXY: { kind: 'http', port: 80 },
  HTTP: { kind: 'http', port: 80 },
  HTTPS: { kind: 'https', port: 443 },
  SOCKS5: { kind: 'socks5', port: 1080 },
  SOCKS: { kind: 'unknown', port: 1080 },
  SOCKS4: { kind: 'unknown', port: 1080 },
};

/** Parses a proxy list. An entry that can't be parsed becomes an `unknown` route, never a direct one. */
export function readRoutes(list: string): Route[] {
  const routes = list
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(readRoute);
  return routes.length > 0 ? routes : [{ kind: 'direct' }];
}

function readRoute(entry: string): Route {
  const [name = '', address = ''] = entry.split(/\s+/);
  if (name.toUpperCase() === 'DIRECT') return { kind: 'direct' };
  const known = kinds[name.toUpperCase()];
  const parsed = /^(?:\[([0-9a-f:]+)\]|([^:\s[\]]+))(?::(\d{1,5}))?$/i.exec(address);
  const host = parsed?.[1] ?? parsed?.[2];
  if (!known || host === undefined) return { kind: 'unknown', host: '', port: 0 };
  return { kind: known.kind, host, port: parsed?.[3] === undefined ? known.port : Number(parsed[3]) };
}
