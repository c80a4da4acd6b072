/** A way to a server: straight, or through a proxy. */
export type Route = { kind: 'direct' } | ProxyRoute;

export interface ProxyRoute {
  kind: 'http' | 'https' | 'socks5' | 'unknown';
  host: string;
  port: number;
}

/** Asks the system for the ways to an address, as browsers write them: `PROXY proxy.example:3128; DIRECT`. */
export type ResolveProxy = (url: string) => Promise<string>;

/** Name and password for a proxy. They are shown to that proxy alone, and are in no error and no log. */
export type ProxyCredentials = (host: string, port: number) => { user: string; password: string } | undefined;

const kinds: Readonly<Record<string, { kind: ProxyRoute['kind']; port: number }>> = {
  PROXY: { kind: 'http', port: 80 },
  HTTP: { kind: 'http', port: 80 },
  HTTPS: { kind: 'https', port: 443 },
  SOCKS5: { kind: 'socks5', port: 1080 },
  SOCKS: { kind: 'unknown', port: 1080 },
  SOCKS4: { kind: 'unknown', port: 1080 },
};

/** The ways in their order. What isn't understood is a way that can't be gone, never a straight one. */
export function readRoutes(list: string): Route[] {
  const routes = list
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(readRoute);
  return routes.length > 0 ? routes : [{ kind: 'direct' }];
}

function readRoute(entry: string): Route {
  const [name = '', place = ''] = entry.split(/\s+/);
  if (name.toUpperCase() === 'DIRECT') return { kind: 'direct' };
  const known = kinds[name.toUpperCase()];
  const parsed = /^(?:\[([0-9a-f:]+)\]|([^:\s[\]]+))(?::(\d{1,5}))?$/i.exec(place);
  const host = parsed?.[1] ?? parsed?.[2];
  if (!known || host === undefined) return { kind: 'unknown', host: '', port: 0 };
  return { kind: known.kind, host, port: parsed?.[3] === undefined ? known.port : Number(parsed[3]) };
}

/**
 * The credentials that the environment has for a proxy. The system's settings name a proxy without them; where `HTTPS_PROXY` names the
 * same one with a user, that one is meant.
 */
export function credentialsFrom(env: Readonly<Record<string, string | undefined>>): ProxyCredentials {
  return (host, port) => {
    const address = env.HTTPS_PROXY ?? env.https_proxy ?? '';
    if (!URL.canParse(address)) return undefined;
    const { hostname, port: named, protocol, username, password } = new URL(address);
    const namedPort = Number(named || (protocol === 'https:' ? 443 : 80));
    if (username === '' || hostname.replace(/^\[|\]$/g, '') !== host || namedPort !== port) return undefined;
    return { user: decode(username), password: decode(password) };
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
