import * as v from 'valibot';
import { hasCode } from '../contract/errors';
import type { Keys } from './keys';

const Login = v.strictObject({ user: v.string(), password: v.string() });
export type ProxyLogin = v.InferOutput<typeof Login>;

const Stored = v.pipe(v.string(), v.parseJson(), Login);

/** The user names and passwords of proxies, in the keychain. */
export class ProxyLogins {
  /** `fromEnvironment` returns the login that the environment names for a proxy. */
  constructor(
    private readonly keys: Keys,
    private readonly fromEnvironment: (host: string, port: number) => ProxyLogin | undefined,
  ) {}

  /**
   * Prefers the login that the user entered: the environment's login may be the one that the proxy rejected. A locked keychain counts as empty,
   * because most proxies need no login.
   */
  async find(host: string, port: number): Promise<ProxyLogin | undefined> {
    const text = await this.keys.read(account(nameOf(host, port))).catch((error: unknown) => {
      if (hasCode(error, 'keychain-*')) return undefined;
      throw error;
    });
    const stored = v.safeParse(Stored, text);
    return stored.success ? stored.output : this.fromEnvironment(host, port);
  }

  /** `proxy` as in the errors of the transport: `host:port`. Throws keychain-*. */
  async save(proxy: string, login: ProxyLogin, allowForThisRun: boolean): Promise<void> {
    await this.keys.save(account(proxy), JSON.stringify(login), allowForThisRun);
  }
}

const nameOf = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
const account = (proxy: string): string => `proxy/${proxy}`;
