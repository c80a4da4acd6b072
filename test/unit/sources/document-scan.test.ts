import { describe, expect, it } from 'vitest';
import { DocumentScan } from '../../../src-main/core/sources/document-scan';

function scan(json: string, members: readonly string[], pieceBytes: number): DocumentScan {
  const found = new DocumentScan(members);
  const bytes = Buffer.from(json);
  for (let at = 0; at < bytes.length; at += pieceBytes) found.see(bytes.subarray(at, at + pieceBytes));
  return found;
}

const documents: [json: string, events: number, metadata: unknown][] = [
  ['{"events":[],"metadata":{"a":1}}', 0, { a: 1 }],
  [
    '{ "events" : [ { "a": [1, 2, {"b":"]}"}] } , {"c":","} ] , "metadata": { "x": [1, {"y": "\\"}ö"}] } }',
    2,
    { x: [1, { y: '"}ö' }] },
  ],
  ['{"metadata":{"events":[1,2,3]},"events":[1,"[",null,[[]],{}]}', 5, { events: [1, 2, 3] }],
  ['{"events":[{"s":"\\\\"},{"s":"a\\\\\\"b"}],"metadata":null}', 2, null],
  ['{"events":{"a":1},"metadata":"x,y"}', 0, 'x,y'],
  ['{"events":[{"data":{"events":[1,2]}}],"metadata":12}', 1, 12],
];

describe('a document that passes by', () => {
  it.each([1, 2, 3, 7, 1000])('is counted and its members are kept, in pieces of %i bytes', (pieceBytes) => {
    for (const [json, events, metadata] of documents) {
      const found = scan(json, ['metadata'], pieceBytes);
      expect(found.count('events'), json).toBe(events);
      expect(JSON.parse(found.text('metadata') ?? 'undefined'), json).toEqual(metadata);
    }
  });

  it('keeps no member that is too large, and none that wasn’t asked for', () => {
    const json = JSON.stringify({ metadata: { x: 'x'.repeat(100_000) }, other: 1, events: [1] });
    const found = scan(json, ['metadata'], 999);
    expect(found.text('metadata')).toBeUndefined();
    expect(found.text('other')).toBeUndefined();
    expect(found.count('events')).toBe(1);
  });

  it('survives text that is not JSON', () => {
    for (const text of ['', ']]]]', '<html>', '{"events":[1,2', '[[[1]]]}}', '"']) {
      expect(() => scan(text, ['metadata'], 2)).not.toThrow();
    }
  });
});
