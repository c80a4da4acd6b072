import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src-main/node/gate/gate';

const secret = 'Zorblax Quuxington 4711';

describe('the gate on a page with much data', () => {
  const gate = createGate({ texts: [secret], leaves: [] });
  const data = '{"title":"Save"},'.repeat(30_000);
  const page = (before: string, inside: string, after: string): Uint8Array =>
    Buffer.from(`<!doctype html><p>${before}</p><script>${data}${inside}${data}</script><p>${after}</p>`);
  const check = (bytes: Uint8Array) => () => gate(bytes, 'replay-page');
  const split = 'Zorblax <b>Quux</b>ington 4711';

  it('finds a value that tags split before and after the data, and one within', () => {
    expect(check(page('', '', ''))).not.toThrow();
    expect(check(page(split, '', ''))).toThrow();
    expect(check(page('', '', split))).toThrow();
    expect(check(page('', split, ''))).toThrow();
    expect(check(page('', secret, ''))).toThrow();
  });
});
