import * as v from 'valibot';
import { CasementError, hasCode } from '../contract/errors';
import { KeyedMutex } from '../contract/shared/mutex';
import {
  exchangeCode,
  refreshTokens,
  registerClient,
  revokeTokens,
  writeAuthorizationUrl,
  type OAuthServer,
} from '../core/sources/oauth';
import type { OAuthGrant, Tokens } from '../core/sources/oauth-grant';
import type { FetchPort } from '../core/sources/source';
import { parseTokens, secretAccounts } from '../core/sources/stored-secrets';
import type { Keys } from './keys';

/** A sign-in as stored with its connection, without its tokens. */
export const StoredSignIn = v.strictObject({
  clientId: v.string(),
  /** Casement registered this client itself, and can register another. */
  isRegistered: v.optional(v.literal(true)),
  /** As the platform reported them with the tokens. */
  scopes: v.array(v.string()),
  projects: v.array(v.string()),
  /** The platform refused to renew the tokens: the user has to sign in again. */
  isEnded: v.optional(v.literal(true)),
});
export type StoredSignIn = v.InferOutput<typeof StoredSignIn>;

/** An access token is renewed this long before it expires, ms: a request may take a while to arrive. */
const renewEarlyMs = 60_000;
/** The user may have to find a password and a second factor, ms. */
const signInLimitMs = 10 * 60_000;
/** Revoking must not keep a source from being removed, ms. */
const revokeLimitMs = 10_000;

/** A platform's authorization server with an open transport. */
interface OpenServer {
  server: OAuthServer;
  fetch: FetchPort;
  close: () => Promise<void>;
}

/** Opens the authorization server of a connection; undefined if its platform has none. */
export type OpenServerOf = () => OpenServer | undefined;

interface Ports {
  keys: Keys;
  now: () => number;
  /** Opens a web page in the user's browser. Throws for any scheme but https. */
  openInBrowser: (address: string) => Promise<void>;
  makeSecrets: () => { state: string; verifier: string; challenge: string };
  /** Waits on loopback for the redirect. Throws sign-in-*, cancelled. */
  listen: (options: { state: string; timeoutMs: number; signal: AbortSignal }) => Promise<{
    redirectUri: string;
    code: Promise<string>;
    close: () => void;
  }>;
  /** The redirect address without a port, as it is registered. */
  registeredRedirectUri: string;
}

/** The result of a sign-in, before it is stored. */
export interface NewSignIn {
  signIn: StoredSignIn;
  tokens: Tokens;
}

/** Sign-ins in the browser: their tokens are in the keychain, and are renewed one at a time per connection. */
export class SignIns {
  /** Two renewals at once would spend the same refresh token twice, and a platform that replaces it would end the sign-in. */
  private readonly renewals = new KeyedMutex();
  /** Tokens that the platform already issued, but that could not be stored yet. */
  private readonly unsaved = new Map<string, Tokens>();
  /** The access token that was handed out last, by connection. */
  private readonly last = new Map<string, string>();

  constructor(private readonly ports: Ports) {}

  /**
   * Signs in with the user's browser. `clientId` is that of the user; '' to register one. Throws sign-in-*, cancelled, the errors of
   * the transport.
   */
  async start(open: OpenServerOf, origin: string, clientId: string, signal: AbortSignal): Promise<NewSignIn> {
    const { openInBrowser, makeSecrets, listen, now, registeredRedirectUri } = this.ports;
    return this.withServer(open, async ({ server, fetch }) => {
      const isRegistered = clientId === '';
      if (isRegistered && server.registerPath === undefined) throw new CasementError('sign-in-client');
      const client = isRegistered
        ? await registerClient(fetch, server.registerPath ?? '', registeredRedirectUri, server.scopes, signal)
        : clientId;
      const { state, verifier, challenge } = makeSecrets();
      const { redirectUri, code, close } = await listen({ state, timeoutMs: signInLimitMs, signal });
      try {
        await openInBrowser(writeAuthorizationUrl(server, origin, { clientId: client, redirectUri, state, challenge }));
        const request = { clientId: client, redirectUri, code: await code, verifier, nowMs: now() };
        const { tokens, grant } = await exchangeCode(fetch, server, request, signal);
        return { tokens, signIn: { clientId: client, ...(isRegistered && { isRegistered }), ...grant } };
      } finally {
        close();
      }
    });
  }

  /** Throws keychain-*. */
  async save(id: string, tokens: Tokens, allowForThisRun: boolean): Promise<void> {
    await this.ports.keys.save(secretAccounts.tokens(id), JSON.stringify(tokens), allowForThisRun);
    this.unsaved.delete(id);
    this.last.delete(id);
  }

  /**
   * Returns a valid access token, and renews it first if it is about to expire or is `refused`, the one that the platform has just
   * refused. Undefined if there are no tokens. Throws key-signed-out, keychain-*, the errors of the transport.
   */
  accessToken(
    id: string,
    { clientId }: StoredSignIn,
    open: OpenServerOf,
    refused?: string,
  ): Promise<string | undefined> {
    return this.renewals.run(id, async () => {
      const tokens = await this.read(id);
      if (!tokens) return undefined;
      const left = (tokens.expiresAt ?? Infinity) - this.ports.now();
      // The keychain may be open again.
      if (this.unsaved.has(id)) await this.keep(id, tokens);
      const isFresh = left > renewEarlyMs && tokens.accessToken !== refused;
      const current = isFresh
        ? tokens
        : await this.renew(id, clientId, open, tokens, left > 0 && refused === undefined);
      this.last.set(id, current.accessToken);
      return current.accessToken;
    });
  }

  /** Returns the access token that was handed out last, without a request. */
  lastToken(id: string): string | undefined {
    return this.last.get(id);
  }

  /** Returns where the tokens are kept. */
  find(id: string): ReturnType<Keys['find']> {
    return this.ports.keys.find(secretAccounts.tokens(id));
  }

  /** Returns whether the platform revoked the tokens. A failure is not an error for the caller. */
  async revoke({ clientId }: StoredSignIn, tokens: Tokens, open: OpenServerOf): Promise<boolean> {
    const limit = AbortSignal.timeout(revokeLimitMs);
    try {
      return await this.withServer(open, ({ server, fetch }) =>
        revokeTokens(fetch, server, { clientId, tokens }, limit),
      );
    } catch (error) {
      if (error instanceof CasementError) return false;
      throw error;
    }
  }

  /** Stores the tokens of a new sign-in, and then revokes those of the old one. Throws keychain-*. */
  replace(id: string, old: StoredSignIn, tokens: Tokens, open: OpenServerOf, allowForThisRun: boolean): Promise<void> {
    return this.renewals.run(id, async () => {
      const before = await this.read(id);
      await this.save(id, tokens, allowForThisRun);
      if (before) await this.revoke(old, before, open);
    });
  }

  /** Revokes and deletes the tokens of a connection. Returns whether the platform revoked them. Throws keychain-*. */
  remove(id: string, signIn: StoredSignIn, open: OpenServerOf): Promise<boolean> {
    return this.renewals.run(id, async () => {
      const tokens = await this.read(id);
      const isRevoked = tokens ? await this.revoke(signIn, tokens, open) : true;
      await this.forget(id);
      return isRevoked;
    });
  }

  /** Deletes the tokens of a connection without a request. Throws keychain-*. */
  async forget(id: string): Promise<void> {
    await this.ports.keys.remove(secretAccounts.tokens(id));
    this.unsaved.delete(id);
    this.last.delete(id);
  }

  private async read(id: string): Promise<Tokens | undefined> {
    const unsaved = this.unsaved.get(id);
    if (unsaved) return unsaved;
    return parseTokens(await this.ports.keys.read(secretAccounts.tokens(id)));
  }

  /** `isUsable`: the old access token is still valid, so that a temporary failure doesn't matter yet. */
  private async renew(
    id: string,
    clientId: string,
    open: OpenServerOf,
    tokens: Tokens,
    isUsable: boolean,
  ): Promise<Tokens> {
    const { refreshToken } = tokens;
    if (refreshToken === undefined) {
      if (isUsable) return tokens;
      throw new CasementError('key-signed-out');
    }
    try {
      const request = { clientId, refreshToken, nowMs: this.ports.now() };
      const renewed = await this.withServer(open, ({ server, fetch }) => refreshTokens(fetch, server, request));
      await this.keep(id, renewed.tokens);
      return renewed.tokens;
    } catch (error) {
      if (isUsable && !hasCode(error, 'key-signed-out')) return tokens;
      throw error;
    }
  }

  /** The platform may have replaced the refresh token, so the new one must not be lost if the keychain is locked just now. */
  private async keep(id: string, tokens: Tokens): Promise<void> {
    const { keys } = this.ports;
    this.unsaved.set(id, tokens);
    try {
      await keys.save(
        secretAccounts.tokens(id),
        JSON.stringify(tokens),
        (await keys.find(secretAccounts.tokens(id))) === 'this-run',
      );
      this.unsaved.delete(id);
    } catch (error) {
      if (!hasCode(error, 'keychain-*')) throw error;
    }
  }

  private async withServer<T>(open: OpenServerOf, work: (server: OpenServer) => Promise<T>): Promise<T> {
    const opened = open();
    if (!opened) throw new CasementError('sign-in-none');
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  }
}

/** Returns what a sign-in allows. */
export const grantOf = ({ scopes, projects }: StoredSignIn): OAuthGrant => ({ scopes, projects });
