import { describe, expect, it } from 'vitest';
import { isExtraHeaderName, isHeaderValue } from '../../../src-main/contract/gateway';
import { exchangeCode, writeAuthorizationUrl } from '../../../src-main/core/sources/oauth';
import { postHogOAuth } from '../../../src-main/core/sources/posthog/oauth';
import { sentryOAuth } from '../../../src-main/core/sources/sentry/oauth';
import type { FetchPort } from '../../../src-main/core/sources/source';

const request = { clientId: 'c&x', redirectUri: 'http://127.0.0.1:1/callback', state: 's', challenge: 'h' };

describe('the address that the browser opens', () => {
  it.each([
    ['https://us.sentry.io', 'https://sentry.io'],
    ['https://de.sentry.io', 'https://sentry.io'],
    ['https://sentry.io', 'https://sentry.io'],
    ['https://sentry.io.example', 'https://sentry.io.example'],
    ['https://sentry.acme.example:8443', 'https://sentry.acme.example:8443'],
  ])('is on the authorization server of Sentry at %s', (origin, at) => {
    expect(new URL(writeAuthorizationUrl(sentryOAuth, origin, request)).origin).toBe(at);
  });

  it('is on the connection’s own host for PostHog, and has each parameter once', () => {
    const url = new URL(writeAuthorizationUrl(postHogOAuth, 'https://eu.posthog.com', request));
    expect(url.origin).toBe('https://eu.posthog.com');
    const names = [...url.searchParams.keys()];
    expect(new Set(names).size).toBe(names.length);
    expect(url.searchParams.get('client_id')).toBe('c&x');
  });
});

describe('the reply with the tokens', () => {
  const exchange = (body: unknown, status = 200) => {
    const fetch: FetchPort = () =>
      Promise.resolve({
        status,
        headers: {},
        json: () => Promise.resolve(body),
        bytes: () => (async function* () {})(),
        discard: () => undefined,
      });
    const asked = { clientId: 'c', redirectUri: 'r', code: 'x', verifier: 'v', nowMs: 1000 };
    return exchangeCode(fetch, postHogOAuth, asked);
  };

  it('may lack everything but the token', async () => {
    expect(await exchange({ access_token: 'a', token_type: 'bearer', refresh_token: null, expires_in: null })).toEqual({
      tokens: { accessToken: 'a' },
      grant: { scopes: ['session_recording:read'], projects: [] },
    });
    const complete = { access_token: 'a', token_type: 'Bearer', refresh_token: 'r', expires_in: 60, scope: 'a b' };
    expect(await exchange({ ...complete, scoped_teams: [7] })).toEqual({
      tokens: { accessToken: 'a', refreshToken: 'r', expiresAt: 61_000 },
      grant: { scopes: ['a', 'b'], projects: ['7'] },
    });
  });

  it.each([
    {},
    { access_token: 'a b', token_type: 'bearer' },
    { access_token: 'a\r\nx: y', token_type: 'bearer' },
    { access_token: 'a', token_type: 'mac' },
    { access_token: '', token_type: 'bearer' },
  ])('is refused: %j', async (body) => {
    await expect(exchange(body)).rejects.toMatchObject({ code: 'remote-shape' });
  });

  it('shows no text of the server in an error', async () => {
    await expect(exchange({ error: 'secret <b>' }, 400)).rejects.toMatchObject({
      code: 'sign-in-refused',
      details: { reason: 'it gave no known reason' },
    });
  });
});

describe('an extra header', () => {
  it.each(['cf-access-client-id', 'cookie', 'x-goog-iap-jwt-assertion'])('may be named %s', (name) => {
    expect(isExtraHeaderName(name)).toBe(true);
  });
  it.each(['authorization', 'host', 'content-length', 'proxy-authorization', 'x-amz-date', 'a b', 'a:', ''])(
    'can’t be named “%s”',
    (name) => {
      expect(isExtraHeaderName(name)).toBe(false);
    },
  );
  it.each(['a\r\nhost: x', 'ä', '', ' a'])('can’t have the value %j', (value) => {
    expect(isHeaderValue(value)).toBe(false);
  });
});
