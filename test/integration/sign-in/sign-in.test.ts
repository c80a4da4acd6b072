import { get } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ConnectionPlace } from '../../../src-main/contract/source';
import { browse } from '../../helpers/browse';
import { openApp } from '../../helpers/services';
import { postHogWithSignIn, sentryClientId, sentryWithSignIn } from '../../helpers/sign-in-samples';
import { testAuthority } from '../../helpers/test-transport';

type Served = ReturnType<typeof postHogWithSignIn> | ReturnType<typeof sentryWithSignIn>;

interface Choice {
  kind?: 'posthog' | 'sentry';
  clientId?: string;
  place?: ConnectionPlace;
  /** Replaces the browser; by default it opens the address, and the user agrees. */
  openInBrowser?: (address: string) => Promise<void>;
  makeSecrets?: () => { state: string; verifier: string; challenge: string };
  signal?: AbortSignal;
  now?: () => number;
}

/** Opens the app at a platform with a sign-in. `signIn` signs in as a user would. */
async function open<T extends Served>(served: T, choice: Choice = {}) {
  const opened: string[] = [];
  const pages: { status: number; page: string; visited: string[] }[] = [];
  const { openInBrowser, makeSecrets, now } = choice;
  const browser = async (address: string): Promise<void> => {
    opened.push(address);
    if (openInBrowser) return openInBrowser(address);
    pages.push(await browse(address, testAuthority.certPem));
  };
  const app = await openApp(served.listener, {
    signIn: { openInBrowser: browser, ...(makeSecrets && { makeSecrets }), ...(now && { now }) },
  });
  const signIn = (signal = choice.signal ?? new AbortController().signal) =>
    app.connections.signIn(
      {
        kind: choice.kind ?? 'posthog',
        name: 'Shop',
        origin: app.origin,
        place: choice.place ?? {},
        caPem: testAuthority.certPem,
        clientId: choice.clientId ?? '',
        jobId: 'job-1' as never,
        allowKeyForThisRun: false,
      },
      signal,
    );
  return { ...app, ...served, opened, pages, signIn };
}

const sentryChoice: Choice = { kind: 'sentry', clientId: sentryClientId, place: { organization: 'acme' } };

describe('signing in to PostHog', () => {
  it('registers a public client, asks for least scopes with PKCE, and reads recordings', async () => {
    const app = await open(postHogWithSignIn({ blockCount: 47 }));
    const connection = await app.signIn();
    expect(connection).toMatchObject({ key: 'keychain', isSignIn: true, verdict: { overPrivileged: [] } });
    const [asked] = app.oauth.asked;
    expect(asked).toMatchObject({
      response_type: 'code',
      scope: 'session_recording:read',
      code_challenge_method: 'S256',
      required_access_level: 'project',
    });
    expect(asked?.code_challenge).toMatch(/^[\w-]{43}$/);
    expect(asked?.redirect_uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect([...app.oauth.clients.values()]).toEqual([{ redirectUris: ['http://127.0.0.1/callback'], isPublic: true }]);
    expect(new URL(app.opened[0] ?? '').origin).toBe(app.origin);

    const { sessions } = await app.connections.search(connection.id, { distinctId: 'user-7' }, undefined);
    const stored = await app.pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(stored.facts.events).toBe(app.events.length);
    // All 47 blocks in one request; a personal key may ask for 20.
    expect(app.requests.filter(({ url }) => url.includes('start_blob_key='))).toHaveLength(1);
    // PostHog has no description of a key for it, and the project comes from the consent.
    expect(app.requests.some(({ url }) => url.includes('personal_api_keys'))).toBe(false);
  });

  it('keeps the tokens in the keychain only', async () => {
    const app = await open(postHogWithSignIn());
    await app.signIn();
    const [session] = app.oauth.sessions;
    const kept = JSON.stringify(await app.store.read());
    for (const secret of [session?.accessToken, session?.refreshToken]) {
      expect(kept).not.toContain(secret);
      expect([...app.keychain.entries.values()].join()).toContain(secret);
    }
  });

  it('shows a page without data at the end, and listens no longer', async () => {
    const app = await open(postHogWithSignIn());
    await app.signIn();
    expect(app.pages[0]).toMatchObject({ status: 200 });
    expect(app.pages[0]?.page).toContain('Signed in');
    expect(app.pages[0]?.page).not.toContain('pha_');
    await expect(askLoopback(app.oauth.asked[0]?.redirect_uri ?? '')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is refused by the platform if the code is exchanged by another program: PKCE', async () => {
    const app = await open(postHogWithSignIn(), {
      // The verifier doesn't belong to the challenge, as with an intercepted code.
      makeSecrets: () => ({ state: 's', verifier: 'v'.repeat(43), challenge: 'c'.repeat(43) }),
    });
    await expect(app.signIn()).rejects.toMatchObject({ code: 'sign-in-refused', details: { reason: 'invalid_grant' } });
    expect(app.keychain.entries.size).toBe(0);
    expect(await app.connections.list()).toEqual([]);
  });

  it('refuses a redirect with another state, and stores nothing', async () => {
    const served = postHogWithSignIn();
    served.oauth.redirect = (address) => address.replace(/state=[^&]*/, 'state=forged');
    const app = await open(served);
    await expect(app.signIn()).rejects.toMatchObject({ code: 'sign-in-state' });
    expect(app.pages[0]).toMatchObject({ status: 400 });
    expect(app.oauth.grants).toEqual({});
    expect(app.keychain.entries.size).toBe(0);
  });

  it('reports that the user declined', async () => {
    const served = postHogWithSignIn();
    served.oauth.isDeclined = true;
    const app = await open(served);
    await expect(app.signIn()).rejects.toMatchObject({ code: 'sign-in-denied' });
  });

  it('ends when it is cancelled, and closes the port', async () => {
    const stop = new AbortController();
    const app = await open(postHogWithSignIn(), { openInBrowser: async () => stop.abort() });
    await expect(app.signIn(stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
    const redirectUri = new URL(app.opened[0] ?? '').searchParams.get('redirect_uri') ?? '';
    await expect(askLoopback(redirectUri)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('revokes the tokens again if the verification fails', async () => {
    const app = await open(postHogWithSignIn(), { place: { project: '99' } });
    await expect(app.signIn()).rejects.toMatchObject({ code: 'connection-place' });
    expect(app.oauth.sessions).toEqual([]);
    expect(app.keychain.entries.size).toBe(0);
  });

  it('reports a server without sign-in', async () => {
    const served = postHogWithSignIn();
    const app = await open({ ...served, listener: (_, response) => void response.writeHead(404).end() });
    await expect(app.signIn()).rejects.toMatchObject({ code: 'sign-in-none' });
  });

  it('revokes the tokens when the source is removed', async () => {
    const app = await open(postHogWithSignIn());
    const { id } = await app.signIn();
    expect(await app.connections.remove(id)).toEqual({ signIn: 'revoked' });
    expect(app.oauth.sessions).toEqual([]);
    expect(app.keychain.entries.size).toBe(0);
  });

  it('becomes a key, and the tokens are revoked', async () => {
    // A token that is entered as a key has no description either.
    const app = await open(postHogWithSignIn(), { place: { project: '42' } });
    const { id } = await app.signIn();
    const [session] = app.oauth.sessions;
    const key = session?.accessToken ?? '';
    const connection = await app.connections.renewKey({ id, key, allowKeyForThisRun: false });
    expect(connection.isSignIn).toBeUndefined();
    expect(app.oauth.sessions).toEqual([]);
  });
});

describe('signing in to Sentry', () => {
  it('uses the client ID that the user entered, and pulls a replay', async () => {
    const app = await open(sentryWithSignIn(), sentryChoice);
    const connection = await app.signIn();
    expect(app.oauth.asked[0]).toMatchObject({ client_id: sentryClientId, scope: 'org:read project:read' });
    const { sessions } = await app.connections.search(connection.id, { email: 'jane@example.com' }, undefined);
    const stored = await app.pull(connection.id, sessions[0]?.remoteId ?? '');
    expect(stored.facts.events).toBe(app.events.length);
  });

  it('needs a client ID, of a public application', async () => {
    const app = await open(sentryWithSignIn(), { ...sentryChoice, clientId: '' });
    await expect(app.signIn()).rejects.toMatchObject({ code: 'sign-in-client' });
    const served = sentryWithSignIn();
    served.oauth.clients.set(sentryClientId, { redirectUris: ['http://127.0.0.1/callback'], isPublic: false });
    const secret = await open(served, sentryChoice);
    await expect(secret.signIn()).rejects.toMatchObject({ code: 'sign-in-client' });
  });

  it('reports that the tokens are left if the platform doesn’t revoke them', async () => {
    const app = await open(sentryWithSignIn(), sentryChoice);
    const { id } = await app.signIn();
    expect(await app.connections.remove(id)).toEqual({ signIn: 'left' });
    expect(app.keychain.entries.size).toBe(0);
  });
});

describe('a sign-in', () => {
  const hourMs = 3_600_000;

  it('is renewed once for all requests, when its token is about to expire', async () => {
    let nowMs = Date.now();
    const app = await open(sentryWithSignIn(), { ...sentryChoice, now: () => nowMs });
    const { id } = await app.signIn();
    const old = app.oauth.sessions[0]?.refreshToken;
    nowMs += hourMs;
    const searches = Array.from({ length: 5 }, () => app.connections.search(id, {}, undefined));
    expect((await Promise.all(searches)).map(({ sessions }) => sessions.length)).toEqual([1, 1, 1, 1, 1]);
    expect(app.oauth.grants['refresh_token']).toBe(1);
    // The platform replaced the refresh token, and the new one works.
    expect(app.oauth.sessions[0]?.refreshToken).not.toBe(old);
    nowMs += hourMs;
    await app.connections.search(id, {}, undefined);
    expect(app.oauth.grants['refresh_token']).toBe(2);
  });

  it('is renewed when the platform refuses the token before it expires', async () => {
    const app = await open(sentryWithSignIn(), sentryChoice);
    const { id } = await app.signIn();
    const [session] = app.oauth.sessions;
    if (session) session.accessToken = 'sntrya_replaced';
    const searches = Array.from({ length: 3 }, () => app.connections.search(id, {}, undefined));
    expect((await Promise.all(searches)).map(({ sessions }) => sessions.length)).toEqual([1, 1, 1]);
    expect(app.oauth.grants['refresh_token']).toBe(1);
    expect((await app.connections.list())[0]?.key).toBe('keychain');
  });

  it('that was revoked asks to sign in again, also after a restart, and then works', async () => {
    const app = await open(postHogWithSignIn());
    const { id } = await app.signIn();
    app.oauth.sessions = [];
    await expect(app.connections.search(id, {}, undefined)).rejects.toMatchObject({ code: 'key-signed-out' });
    expect((await app.connections.list())[0]).toMatchObject({ key: 'refused', isSignIn: true });
    expect(JSON.stringify(await app.store.read())).toContain('"isEnded":true');
    // Nothing more is asked of the platform until the user signs in.
    const before = app.requests.length;
    await expect(app.connections.search(id, {}, undefined)).rejects.toMatchObject({ code: 'key-signed-out' });
    expect(app.requests).toHaveLength(before);

    const again = { id, jobId: 'job-2' as never, allowKeyForThisRun: false };
    const connection = await app.connections.signInAgain(again, new AbortController().signal);
    expect(connection).toMatchObject({ key: 'keychain', isSignIn: true });
    expect((await app.connections.search(id, {}, undefined)).sessions).toHaveLength(1);
  });

  it.each([
    { status: 503, body: '{"error":"temporarily_unavailable"}' },
    { status: 502, body: '<html>Bad gateway</html>', type: 'text/html' },
    { status: 401, body: '<html>Sign in</html>', type: 'text/html' },
    { status: 400, body: '{"error":"invalid_request"}' },
  ])('is not ended by a temporary failure: status $status, $body', async (tokenFailure) => {
    let nowMs = Date.now();
    const app = await open(postHogWithSignIn(), { now: () => nowMs });
    const { id } = await app.signIn();
    nowMs += hourMs;
    app.oauth.tokenFailure = tokenFailure;
    await expect(app.connections.search(id, {}, undefined)).rejects.not.toMatchObject({ code: 'key-signed-out' });
    expect(JSON.stringify(await app.store.read())).not.toContain('isEnded');
    delete app.oauth.tokenFailure;
    expect((await app.connections.search(id, {}, undefined)).sessions).toHaveLength(1);
  });

  it('loses no renewed token while the keychain is locked', async () => {
    let nowMs = Date.now();
    const app = await open(sentryWithSignIn(), { ...sentryChoice, now: () => nowMs });
    const { id } = await app.signIn();
    nowMs += hourMs;
    app.oauth.beforeRefresh = () => {
      app.keychain.become('locked');
      return Promise.resolve();
    };
    await app.connections.search(id, {}, undefined).catch(() => undefined);
    app.keychain.become('ready');
    app.oauth.beforeRefresh = () => Promise.resolve();
    expect((await app.connections.search(id, {}, undefined)).sessions).toHaveLength(1);
    expect(app.oauth.grants['refresh_token']).toBe(1);
    const [session] = app.oauth.sessions;
    expect([...app.keychain.entries.values()].join()).toContain(session?.refreshToken);
  });
});

describe('the port that waits for the browser', () => {
  it('ignores all but the redirect, and other host names', async () => {
    const app = await open(postHogWithSignIn(), {
      openInBrowser: async (address) => {
        const redirectUri = new URL(address).searchParams.get('redirect_uri') ?? '';
        const { origin, host } = new URL(redirectUri);
        expect(await askLoopback(`${origin}/favicon.ico`)).toBe(404);
        expect(await askLoopback(`${redirectUri}?code=x&state=y`, { host: `evil.example:${host.split(':')[1]}` })).toBe(
          404,
        );
        expect(await askLoopback(redirectUri, {}, 'POST')).toBe(404);
        await browse(address, testAuthority.certPem);
      },
    });
    expect(await app.signIn()).toMatchObject({ isSignIn: true });
  });
});

/** Returns the status of a request to loopback. */
function askLoopback(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(address, { headers, method }, (reply) => {
      reply.resume();
      resolve(reply.statusCode ?? 0);
    });
    request.on('error', reject);
    onTestFinished(() => void request.destroy());
  });
}
