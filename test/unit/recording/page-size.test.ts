import { expect, it } from 'vitest';
import { MissingMetas, readMeta } from '../../../src-main/core/recording/page-size';

const meta = (data: object) => readMeta({ type: 4, data, timestamp: 0 });

it('reads numbers, including those written as strings', () => {
  const page = { href: 'https://shop.test/', width: 800, height: 600 };
  expect(meta(page)).toEqual(page);
  expect(meta({ ...page, width: '800' })).toEqual(page);
});

it('doesn’t convert objects to numbers', () => {
  const hostile = { toString: 0, valueOf: 0 };
  expect(meta({ href: hostile, width: hostile, height: null })).toEqual({
    href: 'about:blank',
    width: NaN,
    height: NaN,
  });
  const metas = new MissingMetas();
  metas.take('1', { type: 4, data: { href: 'a', width: 1, height: 1 }, timestamp: 0 }, () => undefined);
  const resize = { type: 3, data: { source: 4, width: hostile, height: hostile }, timestamp: 1 };
  expect(() => metas.take('1', resize, () => undefined)).not.toThrow();
});
