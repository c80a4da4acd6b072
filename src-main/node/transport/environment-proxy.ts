import ipaddr from 'ipaddr.js';
import type { ProxyLogin, ResolveProxy } from './proxy-route';

type Environment = Readonly<Record<string, string | undefined>>;

interface NamedProxy {
  protocol: string;
  host: string;
  port: string;
  username: string;
  password: string;
}

/** The names of proxy types in a PAC result, by the scheme of an address. `socks5h` differs only in who resolves the name: the proxy. */
const pacNames: Readonly<Record<string, string>> = {
  'http:': 'PROXY',
  'https:': 'HTTPS',
  'socks5:': 'SOCKS5',
  'socks5h:': 'SOCKS5',
};

/**
 * Returns the proxies that the environment names, as curl and most command line tools read it: `HTTPS_PROXY`, else `ALL_PROXY`, unless
 * `NO_PROXY` lists the host. Lower case comes first. An address that can't be read is never replaced by a direct connection.
 */
export function proxyFromEnvironment(env: Environment): ResolveProxy {
  return (url) => {
    const address = proxyAddress(env);
    if (address === undefined || isExcluded(new URL(url), env.no_proxy ?? env.NO_PROXY ?? '')) {
      return Promise.resolve('DIRECT');
    }
    const named = readProxy(address);
    const type = named && pacNames[named.protocol];
    return Promise.resolve(named && type ? `${type} ${named.host}${named.port && `:${named.port}`}` : 'UNKNOWN');
  };
}

/** Returns the user name and the password that the environment names for its proxy. Only that proxy receives them. */
export function credentialsFrom(env: Environment): (host: string, port: number) => ProxyLogin | undefined {
  return (host, port) => {
    const named = readProxy(proxyAddress(env) ?? '');
    if (!named || named.username === '' || plainHost(named.host) !== plainHost(host)) return undefined;
    const namedPort = Number(named.port || defaultPorts[named.protocol]);
    return namedPort === port ? { user: decode(named.username), password: decode(named.password) } : undefined;
  };
}

const defaultPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'socks5:': 1080,
  'socks5h:': 1080,
};

function proxyAddress(env: Environment): string | undefined {
  return [env.https_proxy, env.HTTPS_PROXY, env.all_proxy, env.ALL_PROXY].find((value) => value?.trim());
}

/** Reads an address with or without a scheme; `http` is the default. */
function readProxy(address: string): NamedProxy | undefined {
  const text = address.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const [, protocol = '', rest = ''] = /^([a-z][a-z0-9+.-]*:)\/\/(.*)$/i.exec(full) ?? [];
  // URL parses hosts, ports and users of special schemes only.
  if (!URL.canParse(`http://${rest}`)) return undefined;
  const { hostname, username, password } = new URL(`http://${rest}`);
  const port = /:(\d{1,5})$/.exec(rest.split(/[/?#]/, 1)[0] ?? '')?.[1] ?? '';
  return { protocol: protocol.toLowerCase(), host: hostname, port, username, password };
}

/**
 * Returns whether `NO_PROXY` lists the host: by its name, a domain above it, its address, a network such as `10.0.0.0/8`, or `*`.
 * A name or an address may have a port.
 */
function isExcluded({ hostname, port }: URL, list: string): boolean {
  const host = plainHost(hostname);
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '*' || isInNetwork(host, entry)) return true;
      // An IPv6 address without brackets has several colons and no port.
      const [, bracketed, name = entry, onlyPort] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
      const wanted = (bracketed ?? name).replace(/^\*?\./, '');
      if (wanted === '' || (onlyPort !== undefined && onlyPort !== (port || '443'))) return false;
      return host === wanted || host.endsWith(`.${wanted}`);
    });
}

function isInNetwork(host: string, entry: string): boolean {
  if (!ipaddr.isValid(host) || !ipaddr.isValidCIDR(entry)) return false;
  const address = ipaddr.parse(host);
  const [network, bits] = ipaddr.parseCIDR(entry);
  return address.kind() === network.kind() && address.match(network, bits);
}

/** Returns a host without the brackets of an IPv6 address. */
const plainHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '').toLowerCase();

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
