import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { completenessWords } from '../../../src-main/contract/words/completeness';
import { createHttpsFilesSource } from '../../../src-main/core/sources/https-files/source';
import type { Source } from '../../../src-main/core/sources/source';
import { fileServer, type FileServerState } from '../../helpers/contract-servers/file-server';
import { collectBytes, collectParts } from '../../helpers/collect-parts';
import { cutEvents, readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments, splitDocuments } from '../../helpers/join-documents';
import { keyCanary, openPair } from '../../helpers/test-transport';

const recording = Buffer.from(
  JSON.stringify(
    Array.from({ length: 4000 }, (_, index) => ({ type: 3, timestamp: 1_700_000_000_000 + index, data: {} })),
  ),
);
const index = [
  { id: 'a 1', user: 'Jane@example.com', startedAt: '2026-11-23T10:00:00Z', url: 'rec/a.json', durationMs: 10 },
  {
    id: 9007199254740993n.toString(),
    user: 'joe',
    startedAt: 1_700_000_000,
    url: '/rec/b.json',
    entryPage: 'https://x/y?z',
  },
  { id: 'c', startedAt: 1_600_000_000_000, url: 'https://evil.example/rec/c.json' },
  { id: 'd', startedAt: 'yesterday', url: 'rec/d.json' },
  { id: 'a 1', startedAt: 1_600_000_000, url: 'rec/other.json' },
];

interface Given {
  index?: string;
  template?: string;
}

async function open(given: Given, change: Partial<FileServerState> = {}) {
  const state: FileServerState = {
    files: {
      '/list/index.json': { bytes: Buffer.from(JSON.stringify(index)) },
      '/list/rec/a.json': { bytes: recording, etag: '"v1"' },
      '/rec/b.json': { bytes: recording },
      '/rec/x 1.json': { bytes: recording, etag: '"v1"', type: 'application/gzip' },
      '/rec/page.json': { bytes: Buffer.from('<html>log in</html>'), type: 'text/html' },
    },
    authorization: `Bearer ${keyCanary}`,
    ...change,
  };
  const { server, transport } = await openPair(fileServer(state));
  const source = createHttpsFilesSource(transport.fetch, { origin: server.origin, ...given });
  return { server, state, source };
}
const listAt = { index: '/list/index.json' };

describe('an index of recordings', () => {
  it('lists files of its own host, newest first, and reports omitted ones', async () => {
    const { source } = await open(listAt);
    expect(await source.search({})).toEqual({
      sessions: [
        {
          remoteId: 'a 1',
          user: 'Jane@example.com',
          startedAt: Date.UTC(2026, 10, 23, 10),
          durationMs: 10,
          entryPage: '',
          browser: '',
        },
        {
          remoteId: '9007199254740993',
          user: 'joe',
          startedAt: 1_700_000_000_000,
          entryPage: 'https://x/y',
          browser: '',
        },
      ],
      cursor: undefined,
      isTruncated: true,
    });
  });

  it.each([
    [{ email: 'jane@EXAMPLE.com' }, ['a 1']],
    [{ uid: 'joe' }, ['9007199254740993']],
    [{ to: 1_700_000_000_000 }, ['9007199254740993']],
    [{ from: 1_700_000_000_001 }, ['a 1']],
    [{ filters: { id: 'a 1' } }, ['a 1']],
    [{ sessionId: 'a 1' }, ['a 1']],
    [{ maxDurationMs: 5 }, ['9007199254740993']],
    [{ hasErrors: true as const }, []],
    [{ page: 'https://x/y?other' }, ['9007199254740993']],
  ])('answers %j', async (query, ids) => {
    const { source } = await open(listAt);
    expect((await source.search(query)).sessions.map(({ remoteId }) => remoteId)).toEqual(ids);
  });

  it('pages through a long one and reads it once', async () => {
    const long = Array.from({ length: 450 }, (_, at) => ({
      id: `s${at}`,
      startedAt: 1.7e9 + at,
      url: `/rec/${at}.json`,
    }));
    const { source, server } = await open(listAt, {
      files: { '/list/index.json': { bytes: Buffer.from(JSON.stringify(long)) } },
    });
    let cursor: string | undefined;
    const sizes: number[] = [];
    do {
      const page = await source.search({}, cursor);
      sizes.push(page.sessions.length);
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(sizes).toEqual([200, 200, 50]);
    expect(server.requests).toHaveLength(1);
  });

  it('opens a file relative to the index, with progress', async () => {
    const { source } = await open(listAt);
    const parts = await collectParts(source.open('a 1'));
    expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(recording)).toBe(true);
    expect(parts.filter(({ isDocumentEnd }) => isDocumentEnd)).toEqual([parts.at(-1)]);
    expect(parts.at(-2)?.progress).toEqual({ done: recording.length, total: recording.length });
  });

  it.each([
    ['c', 'remote-not-found'],
    ['d', 'remote-not-found'],
    ['', 'remote-not-found'],
  ])('does not open %j', async (id, code) => {
    const { source, server } = await open(listAt);
    await expect(collectParts(source.open(id))).rejects.toMatchObject({ code });
    expect(server.requests.every(({ url }) => url === '/list/index.json')).toBe(true);
  });

  it.each([
    ['a web page', '<html></html>', 'text/html', 'remote-web-page'],
    ['an object without a list', '{"a":1}', 'application/json', 'remote-not-list'],
    ['truncated JSON', '[{"id":', 'application/json', 'remote-not-json'],
  ])('refuses %s', async (_name, text, type, code) => {
    const { source } = await open(listAt, { files: { '/list/index.json': { bytes: Buffer.from(text), type } } });
    await expect(source.verify()).rejects.toMatchObject({ code });
  });
});

describe('a template', () => {
  const template = { template: '/rec/{id}.json' };

  it('puts an id into the path as one segment', async () => {
    const { source } = await open(template);
    expect((await collectBytes(source.open('x 1'))).equals(recording)).toBe(true);
    expect((await source.search({ filters: { id: 'x 1' } })).sessions[0]?.remoteId).toBe('x 1');
    await expect(source.search({ email: 'a@b' })).rejects.toMatchObject({ code: 'query-needed' });
  });

  it('never leaves its folder, for any id', async () => {
    const { source, server } = await open(template);
    for (const id of ['../list/index', 'a/b', 'a?b', 'a#b', '%2e%2e']) {
      await expect(collectParts(source.open(id))).rejects.toMatchObject({ code: 'remote-not-found' });
    }
    await expect(collectParts(source.open('..'))).rejects.toMatchObject({ code: 'remote-not-found' });
    expect(server.requests.every(({ url }) => /^\/rec\/[^/?#]+\.json$/.test(url))).toBe(true);
  });

  it.each([
    'https://other.example/{id}',
    '/no-placeholder',
    '/{id}/{id}',
    'https://user:pw@{id}.example/x',
    '//other.example/{id}',
  ])('refuses %j', async (text) => {
    await expect(open({ template: text })).rejects.toMatchObject({ code: 'connection-address' });
  });

  it('reports an unverified key if there is nothing to request, and refuses a rejected key', async () => {
    const { source } = await open(template);
    expect((await source.verify()).scopes).toEqual([]);
    const { source: refused } = await open(template, { authorization: 'Bearer another' });
    await expect(refused.verify()).rejects.toMatchObject({ code: 'key-refused' });
  });

  it('refuses a login page', async () => {
    const { source } = await open(template);
    await expect(collectParts(source.open('page'))).rejects.toMatchObject({ code: 'remote-web-page' });
  });
});

describe('a recording in several files', () => {
  const events = readDemoEvents();
  /** Files by path: lines of events, compressed, with these numbers. */
  const partFiles = (numbers: readonly number[], pathOf: (part: number) => string): FileServerState['files'] => {
    const lists = cutEvents(events, numbers.length);
    return Object.fromEntries(
      numbers.map((number, index) => {
        const lines = (lists[index] ?? []).map((event) => `${JSON.stringify(event)}\n`).join('');
        return [pathOf(number), { bytes: gzipSync(lines), type: 'application/octet-stream' }];
      }),
    );
  };
  const template = { template: '/rec/{id}/{part}.ndjson.gz' };
  const at = (part: number): string => `/rec/s-1/${part}.ndjson.gz`;
  const read = async (source: Source, id = 's-1') => {
    const opened = source.open(id);
    const { facts } = await importInMemory(joinDocuments(await collectParts(opened)));
    return { events: facts.events, damage: facts.damage, completeness: opened.facts().completeness };
  };
  const files = (received: number, expected: number, isLeast?: true) => ({
    events: events.length,
    damage: [],
    completeness: [{ unit: 'files', received, expected, ...(isLeast && { isLeast }) }],
  });

  it.each([
    ['from 0 on', [0, 1, 2, 3], 4],
    ['from 1 on', [1, 2, 3], 3],
    ['with gaps', [0, 1, 4, 6], 7],
    ['without the first', [2, 3], 3],
    ['behind a longer gap', [0, 1, 6, 7], 8],
    [
      'far behind, where not every number is tested',
      [0, 1, ...Array.from({ length: 12 }, (_, index) => 60 + index)],
      72,
    ],
    ['without the first ten', [10, 11], 11],
    ['beyond one digit', Array.from({ length: 12 }, (_, index) => index + 1), 12],
  ])('is joined, and what is missing is counted, with numbers %s', async (_name, numbers, expected) => {
    const { source } = await open(template, { files: partFiles(numbers, at) });
    expect(await read(source)).toEqual(files(numbers.length, expected, true));
  });

  it('ends after a limited number of requests for one byte, and says that more may follow', async () => {
    const { source, server } = await open(template, { files: partFiles([0, 1, 50_000], at) });
    const { completeness } = await read(source);
    expect(completeness).toEqual([{ unit: 'files', received: 2, expected: 2, isLeast: true }]);
    expect(completenessWords.notes(completeness)).toHaveLength(1);
    expect(server.requests.length).toBeLessThan(50);
    expect(server.requests.slice(6).every(({ headers }) => headers.range === 'bytes=0-0')).toBe(true);
  });

  it.each([
    { status: 403, type: 'application/xml' },
    { status: 200, type: 'text/html' },
  ])('ends at a missing file for which the server answers %j', async (missing) => {
    const { source } = await open(template, { files: partFiles([0, 1, 2], at), missing });
    expect(await read(source)).toEqual(files(3, 3, true));
  });

  it('does not exist if the server knows no part, and is refused if it refuses the first', async () => {
    const { source } = await open(template, { files: {} });
    await expect(collectParts(source.open('s-1'))).rejects.toMatchObject({ code: 'remote-not-found' });
    const { source: refused } = await open(template, { files: {}, missing: { status: 403, type: 'text/plain' } });
    await expect(collectParts(refused.open('s-1'))).rejects.toMatchObject({ code: 'key-forbidden' });
    const { source: page } = await open(template, { files: {}, missing: { status: 200, type: 'text/html' } });
    await expect(collectParts(page.open('s-1'))).rejects.toMatchObject({ code: 'remote-web-page' });
  });

  it('ends where the server answers with empty lists, and has parts without events', async () => {
    const empty = { bytes: Buffer.from('[]') };
    const numbers = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [at(index), empty]));
    const { source, server } = await open(template, { files: { ...numbers, ...partFiles([0, 1, 3], at) } });
    expect(await read(source)).toEqual(files(4, 4, true));
    expect(server.requests.length).toBeLessThan(50);
  });

  it('is not read for ever from a server that ignores the number', async () => {
    const { source, server } = await open({ template: '/rec/x 1.json?id={id}&part={part}'.replace(' ', '%20') });
    await expect(collectParts(source.open('s-1'))).rejects.toMatchObject({ code: 'remote-endless' });
    expect(server.requests).toHaveLength(2);
  });

  it('has numbers of several digits, and may have them in the query', async () => {
    const padded = { template: '/rec/{id}-{part:4}.json' };
    const { source } = await open(padded, { files: partFiles([0, 1, 2], (part) => `/rec/s-1-000${part}.json`) });
    expect(await read(source)).toEqual(files(3, 3, true));
    const { source: query, server } = await open({ template: '/rec?part={part}&id={id}' }, { files: {} });
    await expect(collectParts(query.open('a b'))).rejects.toMatchObject({ code: 'remote-not-found' });
    expect(server.requests[0]?.url).toBe('/rec?part=0&id=a%20b');
  });

  it('resumes after the last file, and counts on', async () => {
    const { source, server } = await open(template, { files: partFiles([0, 1, 3, 4], at) });
    const all = (await collectParts(source.open('s-1'))).filter(({ isDocumentEnd }) => isDocumentEnd);
    const asked = server.requests.length;
    const opened = source.open('s-1', { resume: all[1]?.resume });
    expect(splitDocuments(await collectParts(opened))).toHaveLength(2);
    expect(opened.facts().completeness).toEqual([{ unit: 'files', received: 4, expected: 5, isLeast: true }]);
    expect(server.requests[asked]?.url).toBe(at(2));
    await expect(collectParts(source.open('s-1', { resume: 'x' }))).rejects.toMatchObject({ code: 'remote-not-found' });
  });

  it.each([
    [
      'a list of addresses',
      { urls: ['../rec/s-1/0.ndjson.gz', '/rec/s-1/1.ndjson.gz', '/rec/s-1/9.ndjson.gz'] },
      files(2, 3),
    ],
    ['their number, from 0 on', { url: '../rec/s-1/{part}.ndjson.gz', parts: 4 }, files(2, 4)],
    ['their number, with the template', { parts: 2 }, files(2, 2)],
    ['an address without their number', { url: '/rec/s-1/{part}.ndjson.gz' }, files(2, 2, true)],
  ])('is found by an index with %s', async (_name, entry, expected) => {
    const list = { bytes: Buffer.from(JSON.stringify([{ id: 's-1', startedAt: 1_700_000_000, ...entry }])) };
    const given = { index: '/list/index.json', ...template };
    const { source } = await open(given, { files: { '/list/index.json': list, ...partFiles([0, 1], at) } });
    expect(await read(source)).toEqual(expected);
  });

  it('counts the last parts that an index announces and that are missing', async () => {
    const list = { bytes: Buffer.from(JSON.stringify([{ id: 's-1', startedAt: 1, parts: 6 }])) };
    const given = { index: '/list/index.json', ...template };
    const { source } = await open(given, { files: { '/list/index.json': list, ...partFiles([1, 2, 4], at) } });
    expect(await read(source)).toEqual(files(3, 6));
  });

  it('is never read from another host', async () => {
    const entries = [
      { id: 'a', startedAt: 1, urls: ['/rec/s-1/0.ndjson.gz', 'https://evil.example/1.gz'] },
      { id: 'b', startedAt: 1, url: 'https://evil.example/{part}.gz' },
      { id: 'c', startedAt: 1, url: 'https://{part}.example/x' },
      { id: 'd', startedAt: 1, urls: [] },
    ];
    const list = { bytes: Buffer.from(JSON.stringify(entries)) };
    const { source } = await open(listAt, { files: { '/list/index.json': list } });
    expect(await source.search({})).toMatchObject({ sessions: [], isTruncated: true });
  });

  it.each(['/{part}', '/{id}/{part}/{part}', 'https://{part}.example/{id}', '/{id}/{part:x}', '/{id}/{other}'])(
    'is not found by the template %j',
    async (text) => {
      await expect(open({ template: text })).rejects.toMatchObject({ code: 'connection-address' });
    },
  );

  it('is recognised by an address of its own', async () => {
    const { source, server } = await open(template);
    const recognize = (text: string) => source.recognize?.(text);
    expect(recognize(`${server.origin}/rec/a%20b/12.ndjson.gz`)).toEqual([{ by: 'sessionId', text: 'a b' }]);
    expect(recognize(`${server.origin}/other/a/12.ndjson.gz`)).toEqual([]);
    expect(recognize('https://elsewhere.example/rec/a/12.ndjson.gz')).toEqual([]);
    expect(recognize('s-1')).toEqual([]);
    expect((await source.search({ sessionId: 's-1' })).sessions[0]?.remoteId).toBe('s-1');
  });
});

describe('a connection that breaks in the middle', () => {
  const template = { template: '/rec/{id}.json' };

  it('is resumed where it broke, as long as each attempt makes progress', async () => {
    const { source, server } = await open(template, { cutAfter: () => 60_000 });
    expect((await collectBytes(source.open('x 1'))).equals(recording)).toBe(true);
    expect(server.requests.length).toBeGreaterThan(2);
    expect(server.requests.at(-1)?.headers['if-match']).toBe('"v1"');
  });

  it('fails after several attempts without progress', async () => {
    let asked = 0;
    const { source, server } = await open(template, { cutAfter: () => (asked++ === 0 ? 60_000 : 0) });
    await expect(collectParts(source.open('x 1'))).rejects.toMatchObject({ code: 'remote-cut' });
    expect(server.requests.length).toBeLessThan(12);
  });

  it('is not resumed without support for ranges', async () => {
    const files = { '/rec/x 1.json': { bytes: recording } };
    const { source, server } = await open(template, { files, cutAfter: () => 60_000 });
    await expect(collectParts(source.open('x 1'))).rejects.toMatchObject({ code: 'remote-cut' });
    expect(server.requests).toHaveLength(1);
  });

  it('never joins two versions of a file', async () => {
    const { source, state } = await open(template, {
      cutAfter: () => {
        state.files['/rec/x 1.json'] = { bytes: Buffer.alloc(recording.length, 0x20), etag: '"v2"' };
        return 60_000;
      },
    });
    await expect(collectParts(source.open('x 1'))).rejects.toMatchObject({ code: 'remote-changed' });
  });

  it('can be resumed later by a reader that kept the first part', async () => {
    const { source } = await open(template);
    const [first] = await collectParts(source.open('x 1'));
    const rest = await collectBytes(source.open('x 1', { resume: first?.continuation }));
    expect(Buffer.concat([first?.bytes ?? Buffer.alloc(0), rest]).equals(recording)).toBe(true);
    const last = (await collectParts(source.open('x 1'))).at(-2);
    expect(await collectBytes(source.open('x 1', { resume: last?.continuation }))).toEqual(Buffer.alloc(0));
    await expect(collectParts(source.open('x 1', { resume: 'nonsense' }))).rejects.toMatchObject({
      code: 'remote-not-found',
    });
  });
});
