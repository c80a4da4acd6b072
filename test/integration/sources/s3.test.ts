import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sourceWords } from '../../../src-main/contract/words/sources';
import { createBucketSource, type BucketOptions } from '../../../src-main/core/sources/s3/source';
import { bucketKey, signedFetch, startBucketServer } from '../../helpers/contract-servers/bucket-server';
import { urlOf } from '../../helpers/contract-servers/reply-json';
import { collectBytes, collectParts } from '../../helpers/collect-parts';
import { resourcePath } from '../../helpers/fixtures';
import { testIdentity } from '../../helpers/test-transport';
import { startHttpsServer } from '../../helpers/tls-server';

const recording = readFileSync(resourcePath('demo/harbor-checkout.json.gz'));
const words = sourceWords.s3;
const dayMs = 86_400_000;

async function openBucket(keys: readonly string[], options: Partial<BucketOptions> = {}, buckets = ['recordings']) {
  const { server, put } = await startBucketServer(buckets);
  for (const key of keys) await put('recordings', key, recording);
  const source = createBucketSource(signedFetch(server.origin), { bucket: 'recordings', ...options });
  return { server, put, source };
}

describe('a bucket of a real S3-compatible server', () => {
  it('lists files and opens one with signed requests that contain no secret', async () => {
    const { server, source } = await openBucket(['a.json.gz', 'folder/b.json.gz']);
    const page = await source.search({});
    expect(page.sessions.map(({ remoteId }) => remoteId).sort()).toEqual(['a.json.gz', 'folder/b.json.gz']);
    expect(page).toMatchObject({ cursor: undefined, isTruncated: false });
    const recordingParts = source.open('folder/b.json.gz');
    expect((await collectBytes(recordingParts)).equals(recording)).toBe(true);
    expect(recordingParts.facts()).toEqual({ completeness: [], mutableUntil: undefined });
    expect(server.requests[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=S3RVER\//);
    expect(JSON.stringify(server.requests)).not.toContain('Signature=S3RVER');
  });

  // This server escapes `&` and `'` twice in its lists, so these two are tested with a handwritten list below.
  const unusualNames = [
    'plus+and space.json',
    'ü/日本語.json',
    'round(1)!*.json',
    'per%20cent.json',
    'x=1/y:2@z,.json',
  ];
  it.each(unusualNames)('opens the listed name %j', async (name) => {
    const { source } = await openBucket([name]);
    const { sessions } = await source.search({});
    expect(sessions.map(({ remoteId }) => remoteId)).toEqual([name]);
    expect((await collectBytes(source.open(name))).equals(recording)).toBe(true);
  });

  it('keeps to its prefix', async () => {
    const { source } = await openBucket(['rec/a.json', 'rec/b.json', 'private/c.json'], { prefix: 'rec/' });
    const { sessions } = await source.search({});
    expect(sessions.map(({ remoteId }) => remoteId).sort()).toEqual(['a.json', 'b.json']);
    expect((await source.search({ filters: { prefix: 'b' } })).sessions.map(({ remoteId }) => remoteId)).toEqual([
      'b.json',
    ]);
    for (const id of ['../private/c.json', '', '.', 'x/..']) {
      await expect(collectParts(source.open(id))).rejects.toMatchObject({ code: 'remote-not-found' });
    }
  });

  it('reads users from names by a layout', async () => {
    const keys = ['jane@x.example/2026-11-23/1.json.gz', 'joe/2026-11-23/2.json.gz', 'readme.txt'];
    const { source, server } = await openBucket(keys, { layout: '{user}/{date}/{id}.json.gz' });
    expect(source.capabilities.search).toContain('email');
    const all = await source.search({});
    expect(all.sessions.map(({ user }) => user).sort()).toEqual(['jane@x.example', 'joe']);
    const { sessions } = await source.search({ email: 'jane@x.example' });
    expect(sessions.map(({ remoteId }) => remoteId)).toEqual([keys[0]]);
    expect(server.requests.at(-1)?.url).toContain('prefix=jane%40x.example');
  });

  it('filters by time', async () => {
    const { source } = await openBucket(['a.json']);
    expect((await source.search({ from: Date.now() - dayMs, to: Date.now() + dayMs })).sessions).toHaveLength(1);
    expect((await source.search({ from: Date.now() + dayMs })).sessions).toEqual([]);
  });

  it('resumes after a part, with a range of the same version', async () => {
    const { source, server } = await openBucket(['a.json.gz']);
    const [first] = await collectParts(source.open('a.json.gz'));
    expect(first?.continuation).toBeDefined();
    const rest = await collectBytes(source.open('a.json.gz', { resume: first?.continuation }));
    const joined = Buffer.concat([first?.bytes ?? Buffer.alloc(0), rest]);
    expect(joined.equals(recording)).toBe(true);
    expect(server.requests.at(-1)?.headers.range).toMatch(/^bytes=\d+-$/);
  });

  it('never joins two versions', async () => {
    const { source, put } = await openBucket(['a.json.gz']);
    const [first] = await collectParts(source.open('a.json.gz'));
    await put('recordings', 'a.json.gz', Buffer.from(recording).fill(1, 0, 10));
    const rest = source.open('a.json.gz', { resume: first?.continuation });
    await expect(collectParts(rest)).rejects.toMatchObject({ code: 'remote-changed' });
  });
});

describe('a bucket’s key', () => {
  it('is verified by listing and reading one byte; writing is never tried', async () => {
    const { source, server } = await openBucket(['a.json']);
    expect(await source.verify()).toEqual({
      holder: '',
      scopes: [
        { name: words.list, evidence: 'probed' },
        { name: words.read, evidence: 'probed' },
      ],
      overPrivileged: [],
      notice: words.unknown,
    });
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('is reported if it can see other buckets', async () => {
    const { source } = await openBucket([], {}, ['recordings', 'payroll']);
    expect((await source.verify()).overPrivileged).toEqual([{ scope: words.listBuckets, why: words.seesOthers }]);
  });

  it.each([
    ['an unknown key', { ...bucketKey, accessKeyId: 'OTHER' }, 0, 'recordings', 'key-refused'],
    ['a wrong secret', { ...bucketKey, secretAccessKey: 'OTHER' }, 0, 'recordings', 'key-refused'],
    ['a clock that is an hour behind', bucketKey, -3_600_000, 'recordings', 'remote-clock'],
    ['a clock that is a day ahead', bucketKey, dayMs, 'recordings', 'remote-clock'],
    ['an unknown bucket', bucketKey, 0, 'nothing', 'remote-odd'],
  ])('fails with a specific error for %s', async (_name, key, skewMs, bucket, code) => {
    const { server } = await openBucket([]);
    const fetch = signedFetch(server.origin, key, 'us-east-1', () => Date.now() + skewMs);
    await expect(createBucketSource(fetch, { bucket }).verify()).rejects.toMatchObject({ code });
  });

  it('distinguishes a missing file from an unsafe name', async () => {
    const { source, server } = await openBucket([]);
    await expect(collectParts(source.open('gone.json'))).rejects.toMatchObject({ code: 'remote-not-found' });
    const asked = server.requests.length;
    await expect(collectParts(source.open('/x'))).rejects.toMatchObject({ code: 'remote-not-found' });
    expect(server.requests).toHaveLength(asked);
  });

  it.each([
    { bucket: 'Not_a bucket' },
    { bucket: '../x' },
    { layout: '{user}{id}' },
    { layout: '{name}' },
    { prefix: '../' },
  ])('refuses the options %j', (options) => {
    const unused = () => Promise.reject(new Error('unused'));
    expect(() => createBucketSource(unused, options)).toThrow('connection-address');
  });
});

describe('behavior that the real server lacks', () => {
  const list = (inner: string, isTruncated = false): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>` +
    `<EncodingType>url</EncodingType><IsTruncated>${isTruncated}</IsTruncated>${inner}</ListBucketResult>`;
  const file = (key: string): string =>
    `<Contents><Key>${key}</Key><LastModified>2026-11-23T10:00:00.000Z</LastModified><ETag>&quot;a&quot;</ETag><Size>3</Size></Contents>`;

  /** Opens a bucket whose name is part of the host. `reply` handles its requests. */
  async function openHandwritten(reply: (url: URL) => { status?: number; body: string }) {
    const server = await startHttpsServer(testIdentity, (request, response) => {
      const { status = 200, body } = reply(urlOf(request));
      response.writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) });
      response.end(body);
    });
    onTestFinished(() => server.close());
    return createBucketSource(signedFetch(server.origin), {});
  }

  it('reads names with form encoding', async () => {
    const source = await openHandwritten(() => ({
      body: list(file('a+b%2Bc%C3%BC.json') + file('%ff') + file('a%26&apos;b')),
    }));
    const page = await source.search({});
    expect(page.sessions.map(({ remoteId }) => remoteId)).toEqual(['a b+cü.json', "a&'b"]);
    expect(page.isTruncated).toBe(true);
  });

  it('follows continuation tokens to the end', async () => {
    const names = Array.from({ length: 430 }, (_, index) => `s${String(index).padStart(3, '0')}.json`);
    const source = await openHandwritten(({ searchParams }) => {
      const start = Number(searchParams.get('continuation-token')?.replace('token+/= ', '') ?? 0);
      const end = start + Number(searchParams.get('max-keys'));
      const token = `<NextContinuationToken>token+/= ${end}</NextContinuationToken>`;
      const isTruncated = end < names.length;
      return { body: list(names.slice(start, end).map(file).join('') + (isTruncated ? token : ''), isTruncated) };
    });
    const found: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search({}, cursor);
      sizes.push(page.sessions.length);
      found.push(...page.sessions.map(({ remoteId }) => remoteId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(sizes).toEqual([200, 200, 30]);
    expect(found.sort()).toEqual(names);
  });

  it('stops after a number of pages without a match, and continues with the next search', async () => {
    let asked = 0;
    const source = await openHandwritten(() => ({
      body: list(`${file('a')}<NextContinuationToken>t${++asked}</NextContinuationToken>`, true),
    }));
    expect(await source.search({ from: 1e14 })).toEqual({ sessions: [], cursor: 't10', isTruncated: false });
  });

  it.each([
    ['repeats its token', () => list(`${file('a')}<NextContinuationToken>same</NextContinuationToken>`, true)],
    ['is truncated without a token', () => list(file('a'), true)],
    [
      'alternates between two tokens',
      (url: URL) =>
        list(
          `<NextContinuationToken>${url.searchParams.get('continuation-token') === 'one' ? 'two' : 'one'}</NextContinuationToken>`,
          true,
        ),
    ],
  ])('fails when the list %s', async (_name, body) => {
    const source = await openHandwritten((url) => ({ body: body(url) }));
    await expect(source.search({}, 'same')).rejects.toMatchObject({ code: 'remote-endless' });
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><ListBucketResult></ListBucketResult>'],
    ['a custom entity', list(file('&bomb;'))],
    ['a truncated list', list(file('a')).slice(0, -20)],
    ['a web page', '<html><body>log in</body></html>'],
    ['nesting that is too deep', '<a>'.repeat(5000)],
  ])('refuses %s', async (_name, body) => {
    const source = await openHandwritten(() => ({ body }));
    await expect(source.search({})).rejects.toMatchObject({ code: 'remote-not-list' });
  });

  it.each([
    [403, '<Error><Code>AccessDenied</Code><Message>m</Message></Error>', 'key-forbidden'],
    [400, '<Error><Code>ExpiredToken</Code></Error>', 'key-refused'],
    [400, '<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-central-1</Region></Error>', 'remote-odd'],
    [503, '<Error><Code>SlowDown</Code></Error>', 'remote-failed'],
    [403, 'no xml at all', 'key-forbidden'],
  ])('understands %i %s', async (status, body, code) => {
    const source = await openHandwritten(() => ({ status, body }));
    await expect(source.search({})).rejects.toMatchObject({ code });
  });

  it('lists no file whose name can’t be requested', async () => {
    const source = await openHandwritten(() => ({
      body: list(file('a/../b') + file('%2Fc') + file('d'.repeat(201)) + file('e/')),
    }));
    expect(await source.search({})).toEqual({ sessions: [], cursor: undefined, isTruncated: true });
  });
});
