import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLayout } from '../../../src-main/core/sources/s3/layout';
import { createBucketSigner, readBucketKey } from '../../../src-main/core/sources/s3/sign';
import { childrenNamed, parseXml, textOfChild } from '../../../src-main/core/sources/s3/xml';

describe('a signed request', () => {
  it('has the signature from the example in AWS’s documentation', async () => {
    const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
    const sign = createBucketSigner(key, 'us-east-1', () => Date.UTC(2013, 4, 24));
    const headers = await sign({ method: 'GET', url: 'https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J' });
    expect(headers['x-amz-date']).toBe('20130524T000000Z');
    expect(headers.authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
        'SignedHeaders=host;x-amz-content-sha256;x-amz-date, ' +
        'Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    );
    expect(JSON.stringify(headers)).not.toContain('wJalr');
  });

  it('contains the session token of temporary credentials', async () => {
    const key = { accessKeyId: 'A', secretAccessKey: 'B', sessionToken: 'C' };
    const headers = await createBucketSigner(key, 'auto', () => 0)({ method: 'GET', url: 'https://x.example/' });
    expect(headers['x-amz-security-token']).toBe('C');
    expect(headers.authorization).toContain('x-amz-security-token');
  });

  it.each([
    ['AKIA1:secret/with+marks=', { accessKeyId: 'AKIA1', secretAccessKey: 'secret/with+marks=' }],
    [' id:secret:to:ken= ', { accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'to:ken=' }],
    ['no secret', undefined],
    ['id:', undefined],
    [':secret', undefined],
    ['id:sec ret', undefined],
  ])('parses the key %j', (text, key) => {
    expect(readBucketKey(text)).toEqual(key);
  });
});

describe('a layout', () => {
  it.each([
    ['{user}/{date}/{id}.json.gz', 'jane@x/2026/7.json.gz', { user: 'jane@x' }],
    ['{user}/{date}/{id}.json.gz', 'jane@x/2026/deep/7.json.gz', undefined],
    ['{user}/{date}/{id}.json.gz', '/2026/7.json.gz', undefined],
    ['rec-{id}', 'rec-', undefined],
    ['rec-{id}', 'rec-1', { user: '' }],
    ['{date}_{user}_{id}', '1_2_3_4', { user: '2' }],
    ['fixed.json', 'fixed.json', { user: '' }],
    ['fixed.json', 'fixed.json2', undefined],
  ])('%j matches %j', (layout, name, read) => {
    const found = readLayout(layout)?.read(name);
    expect(found && { user: found.user }).toEqual(read);
  });

  it.each([
    ['{id}/batch-{part}.ndjson.gz', 's-1/batch-10.ndjson.gz', 's-1', '10'],
    ['{id}/', 's-1/batch-10.ndjson.gz', 's-1', 'batch-10.ndjson.gz'],
    ['{id}/{part}', 's-1/0001', 's-1', '0001'],
    // An id may contain the text before the part.
    ['{id}-{part}.json', '7f3a-11-22-003.json', '7f3a-11-22', '003'],
    ['{id}_{part}.json', 'a_b_1.json', 'a_b', '1'],
    ['rec/{id}/events/{part}.json', 'rec/a/events/2.json', 'a', '2'],
    ['{user}/{date}/{id}/{part}.json', 'jane/2026/7/2.json', 'jane/2026/7', '2'],
  ])('%j groups %j', (text, name, session, part) => {
    const layout = readLayout(text);
    expect(layout?.read(name)).toMatchObject({ session, part });
    expect(name.startsWith(layout?.partsPrefix(session) ?? '?')).toBe(true);
  });

  it.each([
    ['{id}/batch-{part}.ndjson.gz', 's-1/metadata.json'],
    ['{id}/{part}.json', 's-1/metadata.json'],
    ['{id}/{part}.json', 's-1/recording-metadata.json'],
    ['{id}/{part}', 's-1/manifest-2.json'],
    ['{id}/{part}', 's-1/index.json'],
    ['{id}/{part}', 's-1/_SUCCESS'],
    ['{id}/{part}', 's-1/.keep'],
    ['{id}/{part}', 's-1/1.webm'],
    ['{id}/{part}', 's-1/deep/1.json'],
    ['{id}/{part}', '/1.json'],
    ['{id}/{part}', 's-1'],
    ['{id}-{part}', '-1'],
  ])('%j leaves out %j', (text, name) => {
    expect(readLayout(text)?.read(name)).toBeUndefined();
  });

  it.each([
    ...['{user}{id}', '{name}', '{user', 'user}', '{user}/{user}'],
    ...['{part}', '{part}/{id}', '{id}/{part}/{part}', '{id}/{id}/{part}', '{user}/{part}', '{id}{part}'],
  ])('refuses %j', (text) => {
    expect(readLayout(text)).toBeUndefined();
  });

  it('returns the user in a name', () => {
    const part = fc.stringMatching(/^[a-z0-9@.-]{1,20}$/);
    fc.assert(
      fc.property(part, part, part, (user, date, id) => {
        const layout = readLayout('in/{user}/{date}/{id}.json');
        const name = `in/${user}/${date}/${id}.json`;
        expect(layout?.read(name)).toMatchObject({ user, id, session: name });
        expect(name.startsWith(layout?.prefixFor(user) ?? '?')).toBe(true);
      }),
    );
  });
});

describe('the XML parser', () => {
  it('decodes the five named entities and numeric ones', () => {
    const document = parseXml('<?xml version="1.0"?>\n<a b="c"><d>1 &amp;lt; &#65;&#x42; &quot;</d><d/><e>2</e></a>\n');
    expect(textOfChild(document, 'd')).toBe('1 &lt; AB "');
    expect(childrenNamed(document, 'd')).toHaveLength(2);
    expect(textOfChild(document, 'nothing')).toBeUndefined();
  });

  it.each([
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a>&nope;</a>',
    '<a>&</a>',
    '<a>&#0;</a>',
    '<!-- --><a/>',
    '<a><![CDATA[x]]></a>',
    '<!DOCTYPE a><a/>',
  ])('refuses %j', (text) => {
    expect(() => parseXml(text)).toThrow('remote-not-list');
  });

  it('parses or refuses any text', () => {
    const piece = fc.constantFrom('<a>', '</a>', '<b x="1"/>', '&amp;', '&', '<', '>', 'x', '<?xml?>', '<!');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          expect(parseXml(pieces.join('')).name).not.toBe('');
        } catch (error) {
          expect(error).toMatchObject({ code: 'remote-not-list' });
        }
      }),
    );
  });
});
