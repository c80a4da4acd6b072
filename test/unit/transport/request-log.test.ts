import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hideIds, openRequestLog } from '../../../src-main/node/transport/request-log';
import { makeTempFolder } from '../../helpers/temp-folder';

const entry = { method: 'GET', host: 'api.example', path: '/v1/sessions/ses_7q2m4kd9', status: 200, ms: 12, bytes: 34 };

describe('the request log', () => {
  it.each([
    [
      '/api/projects/42/session_recordings/0196e180-73bd-7b72-869b-35ee20bbbcd1/snapshots',
      '/api/projects/42/session_recordings/:id/snapshots',
    ],
    ['/v2/api/public/Ab3dE5/users/jane%40example.com/sessions', '/v2/api/public/:id/users/:id/sessions'],
    ['/v2/users/jane/sessions', '/v2/users/:id/sessions'],
    ['/sessions/v2', '/sessions/v2'],
    ['/v1/sessions/jane', '/v1/sessions/:id'],
    ['/api/sites/7/session-replay/jane', '/api/sites/7/session-replay/:id'],
    ['/api/sites/7/session-replay/list', '/api/sites/7/session-replay/list'],
    ['/v1/sessions/jane/recording', '/v1/sessions/:id/recording'],
    ['/files/Jane Doe.json', '/files/:id'],
    ['/', '/'],
  ])('hides the ids in %s', (path, shown) => {
    expect(hideIds(path)).toBe(shown);
  });

  it('has a line for each request, in order, readable only by its owner', async () => {
    const file = join(await makeTempFolder(), 'requests.log');
    const { log, newest } = openRequestLog(file, () => 0);
    log(entry);
    log({ ...entry, status: 0, code: 'remote-gone' });
    const read = async (): Promise<string[]> => (await readFile(file, 'utf8').catch(() => '')).split('\n').slice(0, -1);
    await expect.poll(read).toHaveLength(2);
    expect((await read()).map((line): unknown => JSON.parse(line))).toEqual([
      { at: '1970-01-01T00:00:00.000Z', ...entry, path: '/v1/sessions/:id' },
      { at: '1970-01-01T00:00:00.000Z', ...entry, path: '/v1/sessions/:id', status: 0, code: 'remote-gone' },
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await newest(1))[0]).toEqual({
      atMs: 0,
      ...entry,
      path: '/v1/sessions/:id',
      status: 0,
      code: 'remote-gone',
    });
  });

  it('returns the newest first, also from the rotated log, and skips invalid lines', async () => {
    const file = join(await makeTempFolder(), 'requests.log');
    const line = (status: number, more = {}): string =>
      `${JSON.stringify({ at: new Date(status).toISOString(), ...entry, path: '/v1/me', status, ...more })}\n`;
    await writeFile(`${file}.1`, line(201) + line(202));
    const odd = ['half a li', '{"at":1}\n', line(203, { query: 'key=canary' }), line(204, { code: 'made-up' })];
    await writeFile(file, `${odd.join('')}${line(205, { path: '/v1/me?key=canary' })}`);
    const { log, newest } = openRequestLog(file, () => 206);
    log({ ...entry, status: 206 });
    const found = await newest(3);
    expect(found.map(({ status }) => status)).toEqual([206, 205, 202]);
    expect(found.map(({ path }) => path)).toEqual(['/v1/sessions/:id', '/v1/me', '/v1/me']);
    expect(JSON.stringify(await newest(100))).not.toContain('canary');
    expect(await openRequestLog(`${file}.none`, () => 0).newest(10)).toEqual([]);
  });

  it('is rotated once when it is too long', async () => {
    const folder = await makeTempFolder();
    const file = join(folder, 'requests.log');
    await writeFile(file, '');
    await truncate(file, 2_000_001);
    openRequestLog(file, () => 0).log(entry);
    await expect.poll(async () => (await stat(file)).size).toBeLessThan(1000);
    expect((await readdir(folder)).sort()).toEqual(['requests.log', 'requests.log.1']);
  });
});
