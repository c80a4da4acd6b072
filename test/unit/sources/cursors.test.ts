import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CursorTrail } from '../../../src-main/core/sources/cursor-trail';
import { findNeedless, isEnough } from '../../../src-main/core/sources/key-scopes';
import { readNextCursor } from '../../../src-main/core/sources/sentry/link-header';

describe('CursorTrail', () => {
  test('accepts each cursor once, up to a limit', () => {
    const trail = new CursorTrail(3);
    for (const cursor of [undefined, 'a', 'b', undefined]) trail.note(cursor);
    expect(() => trail.note('a')).toThrowError('remote-endless');
    trail.note('c');
    expect(() => trail.note('d')).toThrowError('remote-endless');
  });
});

describe('the next cursor of a Link header', () => {
  const next = (cursor: string): string =>
    `<https://elsewhere.test/x?a="b">; rel="next"; results="true"; cursor="${cursor}"`;
  test.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    [next('0:100:0'), '0:100:0'],
    [`<x>; rel="previous"; results="true"; cursor="9"`, undefined],
    [`<x>; rel="next"; results="false"; cursor="9"`, undefined],
    [`<x>; rel="previous"; results="true"; cursor="1", ${next('2')}`, '2'],
    [`<a, b; rel="next">; rel="previous"; results="true"; cursor="1"`, undefined],
    [`<x>;rel="next";results="true";cursor="7"`, '7'],
    [`<x>; results="true"; cursor="7"; rel="next"`, '7'],
  ])('%s contains %s', (header, cursor) => expect(readNextCursor(header)).toBe(cursor));

  test.each(['a b', '', '../x', 'a&b=c', 'ä', 'x'.repeat(300)])('refuses the cursor “%s”', (cursor) => {
    expect(() => readNextCursor(next(cursor))).toThrowError('remote-shape');
  });

  test('parses any header quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>;="rel next,'), maxLength: 3000 }), (header) => {
        try {
          readNextCursor(header);
        } catch (error) {
          expect(error).toMatchObject({ code: 'remote-shape' });
        }
      }),
    );
    expect(readNextCursor(`<${'<;'.repeat(50_000)}`)).toBeUndefined();
  });
});

describe('the scopes of a key', () => {
  const needed = { required: ['org:read', 'project:read'], useful: ['person:read'], ask: 'org:read and project:read' };
  test.each<[string[], boolean, string[]]>([
    [['org:read', 'project:read'], true, []],
    [['org:read', 'project:read', 'person:read'], true, []],
    [['*'], true, ['*']],
    [['org:admin', 'project:write'], true, ['org:admin', 'project:write']],
    [['org:read'], false, []],
    [['org:read', 'project:releases'], false, ['project:releases']],
    [['organ:write', 'project:read'], false, ['organ:write']],
    [[], false, []],
  ])('%o: sufficient %s, needless %o', (scopes, enough, needless) => {
    expect(isEnough(scopes, needed)).toBe(enough);
    expect(findNeedless(scopes, needed).map(({ scope }) => scope)).toEqual(needless);
  });

  test('warns about other scopes more strongly than about needless read scopes', () => {
    const [reading, writing, all] = findNeedless(['team:read', 'team:write', '*'], needed).map(({ why }) => why);
    expect(reading).toContain('doesn’t need');
    expect(writing).toContain('change or delete');
    expect(all).toContain('all of its owner’s permissions');
  });
});
