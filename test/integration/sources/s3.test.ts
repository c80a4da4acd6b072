import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { completenessWords } from '../../../src-main/contract/words/completeness';
import { sourceWords } from '../../../src-main/contract/words/sources';
import { createBucketSource, type BucketOptions } from '../../../src-main/core/sources/s3/source';
import { bucketKey, signedFetch, startBucketServer } from '../../helpers/contract-servers/bucket-server';
import { urlOf } from '../../helpers/contract-servers/reply-json';
import { collectBytes, collectParts } from '../../helpers/collect-parts';
import { cutEvents, readDemoEvents } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments, splitDocuments } from '../../helpers/join-documents';
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

/** Recorded events, as some stores write them: one file per batch. */
const events = readDemoEvents();
const batches = (count: number): Buffer[] =>
  cutEvents(events, count).map((list) => gzipSync(list.map((event) => `${JSON.stringify(event)}\n`).join('')));

async function openChunked(names: readonly string[], layout: string, parts = batches(names.length)) {
  const { server, put } = await startBucketServer(['recordings']);
  for (const [index, name] of names.entries()) await put('recordings', name, parts[index] ?? Buffer.alloc(0));
  await put('recordings', 'agent/s-1/metadata.json', Buffer.from('{"eventCount":3}'), 'application/json');
  const source = createBucketSource(signedFetch(server.origin), { bucket: 'recordings', prefix: 'agent/', layout });
  return { server, put, source };
}

describe('a bucket with several files per recording', () => {
  /** As the browser of Amazon Bedrock AgentCore stores them (aws-samples/aws-ai-ml-workshop-kr 4de87622, session_replay_viewer.py). */
  const agentNames = Array.from({ length: 12 }, (_, index) => `agent/s-1/batch-${index + 1}.ndjson.gz`);
  const agentLayout = '{id}/batch-{part}.ndjson.gz';

  it.each([agentLayout, '{id}/{part}', '{id}/'])('lists one session, and opens all of it, by %j', async (layout) => {
    const { source } = await openChunked(agentNames, layout);
    const { sessions } = await source.search({});
    expect(sessions.map(({ remoteId }) => remoteId)).toEqual(['s-1']);
    const opened = source.open('s-1');
    const parts = await collectParts(opened);
    const { facts } = await importInMemory(joinDocuments(parts));
    expect(facts).toMatchObject({ events: events.length, damage: [] });
    expect(opened.facts().completeness).toEqual([{ unit: 'files', received: 12, expected: 12 }]);
    // In numeric order: the first and the last events are in the first and the last part.
    expect(splitDocuments(parts).map(String).join('')).toBe(
      events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    );
  });

  it('reads arrays and lines, compressed or not', async () => {
    const [one = [], two = [], three = []] = cutEvents(events, 3);
    const parts = [
      Buffer.from(JSON.stringify(one)),
      gzipSync(JSON.stringify({ events: two })),
      Buffer.from(three.map((event) => JSON.stringify(event)).join('\n')),
    ];
    const { source } = await openChunked(
      ['agent/a-b-0.json', 'agent/a-b-1.json', 'agent/a-b-2.json'],
      '{id}-{part}.json',
      parts,
    );
    expect((await source.search({ sessionId: 'a-b' })).sessions).toHaveLength(1);
    const { facts } = await importInMemory(joinDocuments(await collectParts(source.open('a-b'))));
    expect(facts).toMatchObject({ events: events.length, damage: [] });
  });

  it('counts parts that are missing', async () => {
    const { source } = await openChunked([...agentNames.slice(0, 4), ...agentNames.slice(6)], agentLayout);
    const opened = source.open('s-1');
    await collectParts(opened);
    expect(opened.facts().completeness).toEqual([{ unit: 'files', received: 10, expected: 12 }]);
  });

  it('counts them beside files with other names, which are read last and reported', async () => {
    const names = agentNames.map((name) => name.replace('batch-', ''));
    const { source, put } = await openChunked([...names.slice(0, 4), ...names.slice(6)], '{id}/');
    await put('recordings', 'agent/s-1/user.json', Buffer.from('{"id":"u-77"}'));
    const opened = source.open('s-1');
    const documents = splitDocuments(await collectParts(opened));
    expect(documents.at(-1)?.toString()).toBe('{"id":"u-77"}');
    expect(opened.facts().completeness).toEqual([{ unit: 'files', received: 10, expected: 12, others: 1 }]);
    expect(completenessWords.notes(opened.facts().completeness)).toHaveLength(1);
  });

  it('resumes after the last part, and counts on', async () => {
    const { source, server } = await openChunked([...agentNames.slice(0, 4), ...agentNames.slice(5)], agentLayout);
    const [third] = (await collectParts(source.open('s-1'))).filter(({ progress }) => progress?.done === 3);
    const asked = server.requests.length;
    const opened = source.open('s-1', { resume: third?.resume });
    expect(splitDocuments(await collectParts(opened))).toHaveLength(8);
    expect(opened.facts().completeness).toEqual([{ unit: 'files', received: 11, expected: 12 }]);
    const files = server.requests.slice(asked).filter(({ url }) => url.includes('/batch-'));
    expect(files.map(({ url }) => /batch-(\d+)/.exec(url)?.[1])).toEqual(['4', '6', '7', '8', '9', '10', '11', '12']);
    const gone = source.open('s-1', { resume: '2 99' });
    await expect(collectParts(gone)).rejects.toMatchObject({ code: 'remote-changed' });
  });

  it('finds the sessions of a user, and one by its id', async () => {
    const names = ['jane', 'joe'].flatMap((user) =>
      ['1', '2'].flatMap((id) => [0, 1].map((part) => `agent/${user}/${id}/${part}.json.gz`)),
    );
    const { source } = await openChunked(names, '{user}/{id}/{part}.json.gz');
    const ids = async (query: object) => (await source.search(query)).sessions.map(({ remoteId }) => remoteId).sort();
    expect(await ids({})).toEqual(['jane/1', 'jane/2', 'joe/1', 'joe/2']);
    expect(await ids({ uid: 'joe' })).toEqual(['joe/1', 'joe/2']);
    expect(await ids({ sessionId: '2' })).toEqual(['jane/2', 'joe/2']);
    expect(await ids({ sessionId: 'jane/2' })).toEqual(['jane/2']);
    expect(splitDocuments(await collectParts(source.open('jane/2')))).toHaveLength(2);
  });

  it.each(['s-2', '../s-1', 's-1/../../x', '', '/'])('does not open %j', async (id) => {
    const { source } = await openChunked(agentNames, agentLayout);
    await expect(collectParts(source.open(id))).rejects.toMatchObject({ code: 'remote-not-found' });
  });

  it('recognises addresses of its own files', async () => {
    const { source } = await openChunked(agentNames, agentLayout);
    expect(source.recognize?.('s3://recordings/agent/s-1')).toEqual([{ by: 'sessionId', text: 's-1' }]);
    expect(source.recognize?.('s3://other/agent/s-1')).toEqual([]);
    expect(source.recognize?.('s-1')).toEqual([]);
    for (const address of [
      's3://recordings/agent/s-1/batch-2.ndjson.gz',
      'https://recordings.s3.eu-central-1.amazonaws.com/agent/s-1/batch-2.ndjson.gz?X-Amz-Expires=1',
      'https://s3.eu-central-1.amazonaws.com/recordings/agent/s-1/batch-2.ndjson.gz',
    ]) {
      expect(source.recognize?.(address), address).toEqual([{ by: 'sessionId', text: 's-1' }]);
    }
    expect(source.recognize?.('https://recordings.shop.example/agent/s-1/batch-2.ndjson.gz')).toEqual([]);
    expect(source.recognize?.('https://other.s3.eu-central-1.amazonaws.com/agent/s-1/batch-2.ndjson.gz')).toEqual([]);
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
    'my_recordings',
    'recordings.of.company.example',
    `${'x'.repeat(63)}.${'y'.repeat(63)}.company.example`,
    'OldBucket',
  ])('accepts the bucket name %s', async (bucket) => {
    const { server } = await openBucket([]);
    // The server has no such bucket. Google has: cloud.google.com/storage/docs/buckets#naming.
    await expect(createBucketSource(signedFetch(server.origin), { bucket }).search({})).rejects.toMatchObject({
      code: 'remote-odd',
      details: { reason: 'the bucket does not exist' },
    });
    expect(server.requests[0]?.url).toMatch(`/${bucket}?`);
  });

  it.each([
    { bucket: 'Not_a bucket' },
    { bucket: 'two..dots' },
    { bucket: `${'x'.repeat(64)}.y` },
    { layout: '{part}' },
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
  async function openHandwritten(
    reply: (url: URL) => { status?: number; headers?: Record<string, string>; body: string },
    layout?: string,
  ) {
    const server = await startHttpsServer(testIdentity, (request, response) => {
      const { status = 200, headers = {}, body } = reply(urlOf(request));
      const length = { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) };
      response.writeHead(status, { ...length, ...headers });
      response.end(body);
    });
    onTestFinished(() => server.close());
    return createBucketSource(signedFetch(server.origin), { layout });
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

  const region = (code: string, inner = ''): string => `<Error><Code>${code}</Code>${inner}</Error>`;
  it.each([
    [
      'a wrong region in the signature',
      400,
      {},
      region('AuthorizationHeaderMalformed', '<Region>eu-central-1</Region>'),
      'eu-central-1',
    ],
    [
      'the address of another region',
      301,
      { 'x-amz-bucket-region': 'eu-west-1' },
      region('PermanentRedirect'),
      'eu-west-1',
    ],
    [
      'an address in the error',
      301,
      {},
      region('PermanentRedirect', '<Endpoint>b.s3.ap-southeast-2.amazonaws.com</Endpoint>'),
      'ap-southeast-2',
    ],
    [
      'a temporary redirect',
      307,
      { 'x-amz-bucket-region': 'us-west-2', location: 'https://elsewhere.example/' },
      region('TemporaryRedirect'),
      'us-west-2',
    ],
    ['no body', 301, { 'x-amz-bucket-region': 'sa-east-1' }, '', 'sa-east-1'],
  ])('names the right region after %s', async (_name, status, headers, body, expected) => {
    const source = await openHandwritten(() => ({ status, headers, body }));
    for (const ask of [() => source.verify(), () => source.search({}), () => collectParts(source.open('a'))]) {
      const error: unknown = await ask().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'remote-odd',
        details: { reason: expect.stringContaining(expected) as string },
      });
    }
  });

  it.each([
    [
      'a region that could be any text',
      301,
      { 'x-amz-bucket-region': 'your key is bad' },
      region('PermanentRedirect'),
      'remote-odd',
    ],
    ['a redirect that says nothing', 302, { location: 'https://elsewhere.example/' }, '', 'remote-redirect'],
  ])('shows no text of the server after %s', async (_name, status, headers, body, code) => {
    const source = await openHandwritten(() => ({ status, headers, body }));
    const error: unknown = await source.search({}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    expect(JSON.stringify(error)).not.toMatch(/bad|elsewhere/);
  });

  it('lists a session with more parts than a page once', async () => {
    const names = Array.from({ length: 25_000 }, (_, index) => `${index < 24_000 ? 'a' : 'b'}/${index}.json`).sort();
    const source = await openHandwritten(({ searchParams }) => {
      const start = Number(searchParams.get('continuation-token') ?? 0);
      const end = start + Number(searchParams.get('max-keys'));
      const token = `<NextContinuationToken>${end}</NextContinuationToken>`;
      const isTruncated = end < names.length;
      return { body: list(names.slice(start, end).map(file).join('') + (isTruncated ? token : ''), isTruncated) };
    }, '{id}/{part}.json');
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await source.search({}, cursor);
      found.push(...page.sessions.map(({ remoteId }) => remoteId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(['a', 'b']);
  });

  it('lists no file whose name can’t be requested', async () => {
    const source = await openHandwritten(() => ({
      body: list(file('a/../b') + file('%2Fc') + file('d'.repeat(201)) + file('e/')),
    }));
    expect(await source.search({})).toEqual({ sessions: [], cursor: undefined, isTruncated: true });
  });
});
