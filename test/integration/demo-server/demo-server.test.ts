import { describe, expect, test } from 'vitest';
import type { FetchPort } from '../../../src-main/core/sources/source';
import type { DemoServerOptions } from '../../../src-main/node/demo-server/server';
import { ask, connectDemo, setupToken, startDemo, takeDemoKey } from '../../helpers/demo-server';

describe('keys', () => {
  test('are issued for the setup token only, and only their hash is reported', async () => {
    const lines: string[] = [];
    const server = await startDemo({ onKeyIssued: (line) => lines.push(line) });
    const key = await takeDemoKey(server);
    expect(key).toMatch(/^cas_demo_[A-Za-z0-9_-]{43}$/);
    expect(lines).toEqual([expect.stringMatching(/^[0-9a-f]{64} sessions:list,recordings:read$/)]);
    expect(lines.join()).not.toContain(key);
    for (const authorization of ['Setup wrong', `Bearer ${setupToken}`, `Bearer ${key}`, 'Setup ', undefined]) {
      expect((await ask(connectDemo(server, authorization), '/v1/keys', 'POST', '{}')).status).toBe(401);
    }
    expect(lines).toHaveLength(1);
  });

  test('are accepted after a restart by their hash', async () => {
    const lines: string[] = [];
    const first = await startDemo({ onKeyIssued: (line) => lines.push(line) });
    const key = await takeDemoKey(first);
    const second = await startDemo({ issuedKeyHashes: ['damaged line', ...lines] });
    expect((await ask(connectDemo(second, `Bearer ${key}`), '/v1/me')).status).toBe(200);
    const stranger = await startDemo();
    expect((await ask(connectDemo(stranger, `Bearer ${key}`), '/v1/me')).status).toBe(401);
  });

  test('a key with the list scope can’t read recordings', async () => {
    const server = await startDemo();
    const fetch = connectDemo(server, `Bearer ${await takeDemoKey(server, ['sessions:list'])}`);
    expect((await ask(fetch, '/v1/me')).body).toMatchObject({ scopes: ['sessions:list'] });
    expect((await ask(fetch, '/v1/sessions')).status).toBe(200);
    expect((await ask(fetch, '/v1/sessions/ses_7q2m4kd9/recording')).status).toBe(403);
  });

  test.each(['{"scopes":["admin"]}', '{"scopes":[]}', '{"more":1}', 'oops', 'null', '5'])(
    'refuses to issue a key for %s',
    async (body) => {
      const server = await startDemo();
      expect((await ask(connectDemo(server, `Setup ${setupToken}`), '/v1/keys', 'POST', body)).status).toBe(400);
    },
  );

  test('without a known key, the reply doesn’t reveal whether a session exists', async () => {
    const server = await startDemo();
    for (const authorization of [undefined, 'Bearer wrong', 'Basic x', `Setup ${setupToken}`]) {
      for (const path of ['/v1/me', '/v1/sessions', '/v1/sessions/ses_7q2m4kd9/recording', '/nowhere']) {
        const { status, body } = await ask(connectDemo(server, authorization), path);
        expect([status, body]).toEqual([
          401,
          { error: { code: 'unauthorized', message: expect.any(String) as string } },
        ]);
      }
    }
  });
});

describe('the protocol', () => {
  const open = async (options?: Partial<DemoServerOptions>): Promise<FetchPort> => {
    const server = await startDemo(options);
    return connectDemo(server, `Bearer ${await takeDemoKey(server)}`);
  };
  const idsOf = (body: Record<string, unknown>): string[] => (body['sessions'] as { id: string }[]).map(({ id }) => id);

  test('pages through the list without gaps or repetitions', async () => {
    const fetch = await open();
    const all = idsOf((await ask(fetch, '/v1/sessions?limit=100')).body);
    const paged: string[] = [];
    let query = '/v1/sessions?limit=3';
    for (;;) {
      const { body } = await ask(fetch, query);
      paged.push(...idsOf(body));
      if (body['next_cursor'] === null) break;
      query = `/v1/sessions?limit=3&cursor=${body['next_cursor'] as string}`;
    }
    expect(paged).toEqual(all);
    expect(paged.length).toBeGreaterThan(3);
  });

  test.each(['cursor=oops', 'cursor=', 'limit=0', 'limit=101', 'limit=-1', 'limit=x', 'limit=1e1'])(
    '400 for %s',
    async (query) => {
      expect(await ask(await open(), `/v1/sessions?${query}`)).toMatchObject({
        status: 400,
        body: { error: { code: 'bad_request' } },
      });
    },
  );

  test('a cursor is valid for its list only', async () => {
    const fetch = await open();
    const { body } = await ask(fetch, '/v1/sessions?limit=1&user_email=jane.doe@acme-example.com');
    const cursor = body['next_cursor'] as string;
    expect((await ask(fetch, `/v1/sessions?user_email=jane.doe@acme-example.com&cursor=${cursor}`)).status).toBe(200);
    const other = `/v1/sessions?user_email=demo.user@example.com&cursor=${cursor}`;
    expect((await ask(fetch, other)).status).toBe(400);
  });

  test('describes one session as the list does', async () => {
    const fetch = await open();
    const { body: list } = await ask(fetch, '/v1/sessions?limit=1');
    const [first] = list['sessions'] as { id: string }[];
    expect(await ask(fetch, `/v1/sessions/${first?.id}`)).toMatchObject({ status: 200, body: { ...first } });
  });

  test('replies 404 and 405', async () => {
    const fetch = await open();
    for (const path of [
      '/',
      '/v1',
      '/v2/me',
      '/v1/sessions/ses_none/recording',
      '/v1/sessions/ses_none',
      '/v1/constructor',
    ]) {
      expect(await ask(fetch, path)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
    }
    for (const path of ['/v1/me', '/v1/sessions', '/v1/sessions/ses_7q2m4kd9/recording']) {
      expect(await ask(fetch, path, 'POST', '{}')).toMatchObject({ status: 405, headers: { allow: 'GET' } });
    }
    expect(await ask(fetch, '/v1/keys')).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  test('replies 413 to a request that is too large', async () => {
    const fetch = connectDemo(await startDemo(), `Setup ${setupToken}`);
    expect((await ask(fetch, '/v1/keys', 'POST', ' '.repeat(10_000))).status).toBe(413);
  });

  test('serves a recording as a gzip file or as JSON, with its length', async () => {
    const fetch = await open();
    const path = '/v1/sessions/ses_7q2m4kd9/recording';
    const file = await fetch({ method: 'GET', path, accept: 'application/gzip' });
    file.discard();
    expect(file.headers).toMatchObject({ 'content-type': 'application/gzip', 'content-length': '69751' });
    const json = await fetch({ method: 'GET', path, accept: 'application/json' });
    expect(json.headers).toMatchObject({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': '69751',
    });
    expect(await json.json(10_000_000)).toHaveLength(1393);
  });

  test('replies 429 with Retry-After when a key has used its budget; another key has its own', async () => {
    const startedAt = Date.now();
    let atMs = startedAt;
    const server = await startDemo({ requestsPerMinute: 3, nowMs: () => atMs });
    const waits: number[] = [];
    const [ours, theirs] = [await takeDemoKey(server), await takeDemoKey(server)];
    const fetch = connectDemo(server, `Bearer ${ours}`, 'localhost', (ms) => {
      // The transport subtracts the time since the reply, so the wait is rounded up to whole seconds.
      const rounded = Math.ceil(ms / 1000) * 1000;
      waits.push(rounded);
      atMs += rounded;
    });
    for (let round = 0; round < 3; round++) await ask(fetch, '/v1/me');
    expect(waits).toEqual([]);
    expect((await ask(fetch, '/v1/me')).status).toBe(200);
    expect(waits).toEqual([20_000]);
    for (let round = 0; round < 3; round++) {
      expect((await ask(connectDemo(server, `Bearer ${theirs}`), '/v1/me')).status).toBe(200);
    }
    expect(atMs).toBe(startedAt + 20_000);
  });
});

describe('its port', () => {
  test('is the requested one, or another if that is in use', async () => {
    const first = await startDemo();
    const second = await startDemo({ port: first.port });
    expect(second.port).not.toBe(first.port);
    await first.close();
    const third = await startDemo({ port: first.port });
    expect(third.port).toBe(first.port);
  });

  test('refuses connections after it was closed', async () => {
    const server = await startDemo();
    const fetch = connectDemo(server, 'Bearer x');
    await server.close();
    await expect(fetch({ method: 'GET', path: '/v1/me' })).rejects.toMatchObject({ code: 'remote-unreachable' });
  });
});
