import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src-main/contract/policy';
import { createTextMask } from '../../../src-main/core/redaction/mask-text';
import { createUrlMask } from '../../../src-main/core/redaction/mask-url';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { interfaceWords } from '../../../src-main/core/redaction/interface-words';
import { createAllowedWords } from '../../../src-main/core/redaction/allowed-words';

const policy = findPolicy('private-by-default');
const mask = createTextMask(createAllowedWords(policy));
const maskUrl = createUrlMask(createAllowedWords(policy));

describe('a text', () => {
  it.each([
    ['Place order', 'Place order'],
    ['Total: $1,234.50', 'Total: ••••••••••'],
    ['Hello Priya Raman!', 'Hello •••••• ••••••'],
    ['Sign-in / Log-out', 'Sign-in / Log-out'],
    ['Can’t save', 'Can’t save'],
    ['Uncaught TypeError: Cannot read properties of null', 'Uncaught TypeError: Cannot read properties of null'],
    ['Order 66', 'Order •••'],
    ['Ｓａｖｅ', 'Save'],
    ['Sa\u200bve', 'Save'],
    ['P\u200briya', '••••••'],
    ['\n    ', '\n'],
    ['a', '•••'],
    ['Create a new account', 'Create a new account'],
    ['Маша', '•••'],
    ['x'.repeat(3000), '•'.repeat(20)],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it('with many plain words counts as content', () => {
    const letter = 'I have the photos that you ordered last month, how would you like them sent to you?';
    expect(mask(letter)).toMatch(/^[• ]+$/);
  });

  it('gets a fixed length if the page masked it, and isn’t masked twice', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 20 }), (text) => {
        const twice = mask(mask(text));
        expect(mask(twice)).toBe(twice);
        expect(mask(`${text} ${'•'.repeat(2 + (text.length % 9))}`)).toBe(mask(`${text} ••••••`));
      }),
    );
  });

  it('reveals only a length class', () => {
    const lengths = new Set(Array.from({ length: 60 }, (_, length) => mask('q'.repeat(length + 1))));
    expect([...lengths]).toEqual(['•••', '••••••', '••••••••••', '•'.repeat(20)]);
    expect(mask('qqqq '.repeat(1000)).length).toBeLessThan(120);
  });

  it('keeps the words that a policy adds, and none with `words: none`', () => {
    const none: Policy = { ...policy, words: 'none', allowWords: ['Zebra'] };
    expect(createTextMask(createAllowedWords(none))('Save zebra')).toBe('••• zebra');
  });
});

describe('a URL', () => {
  it.each([
    ['https://shop.test/orders/4711?token=x#y', 'https://shop.test/orders/:seg'],
    ['https://priya:secret@shop.test/api/v1/users', 'https://shop.test/api/v1/users'],
    ['https://priya.shop.test/', 'https://x.shop.test/'],
    ['https://priya.shop.co.uk/', 'https://x.shop.co.uk/'],
    ['https://api.shop.test:8443/reset-password/ab12', 'https://api.shop.test:8443/reset-password/:seg'],
    ['http://127.0.0.1:4110/index.Biq-Yl60.js', 'http://127.0.0.1:4110/:seg.js'],
    ['https://shop.test/account/invoice.pdf', 'https://shop.test/account/:seg.pdf'],
    ['https://shop.test/account/invoice.xlsx', 'https://shop.test/account/:seg.xlsx'],
    ['https://shop.test/account/PASSPORT.JPG', 'https://shop.test/account/:seg.jpg'],
    ['https://shop.test/account/index.html', 'https://shop.test/account/index.html'],
    ['http://192.168.4.17/x', 'http://host.invalid/:seg'],
    ['http://priyas-laptop/x', 'http://host.invalid/:seg'],
    ['/orders/priya', '/orders/:seg'],
    ['https://shop.test/checkoutSummary/priya%20raman', 'https://shop.test/checkoutSummary/:seg'],
    ['mailto:priya@shop.test', 'about:blank'],
    ['javascript:alert(1)', 'about:blank'],
    ['data:text/html,priya', 'about:blank'],
    ['file:///home/priya/x', 'about:blank'],
    ['http://[', 'about:blank'],
  ])('%s becomes %s', (address, expected) => {
    expect(maskUrl(address)).toBe(expected);
  });
});

describe('the list of interface words', () => {
  it('is sorted and contains only plain words in lower case', () => {
    const words = [...interfaceWords];
    expect(words).toEqual([...words].sort());
    expect(words.filter((word) => !/^[a-z][a-z']*$/.test(word))).toEqual([]);
    expect(words.length).toBeGreaterThan(600);
  });

  it('doesn’t contain words that are also names, streets or about health', () => {
    const refused = `mark bill will may april june august grant chase drive rich art frank page rose lily grace hope faith joy dean earl king
      prince young long white black brown green gold stone wood hill lake baker cook cooper miller smith walker hunter carter turner lane
      street road avenue price day case cash gross bright strong power doctor patient health male female married party church jan mar`;
    expect(refused.split(/\s+/).filter((word) => interfaceWords.has(word))).toEqual([]);
  });
});
