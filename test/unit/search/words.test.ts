import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listWords, readWords } from '../../../src-main/core/search/words';

test.each([
  ['Clicked button “Pay now”', ['clicked', 'button', 'pay', 'now']],
  ['priya.raman@harbor-example.com', ['priya', 'raman', 'harbor', 'example', 'com']],
  ['POST /api/orders/4711 returned 502', ['post', 'api', 'orders', '4711', 'returned', '502']],
  ['Crème BRÛLÉE, Ångström', ['creme', 'brulee', 'angstrom']],
  ['Straße ΑΘΗΝΑ', ['straße', 'αθηνα']],
  ['ＦＵＬＬ　ｗｉｄｔｈ', ['full', 'width']],
  ['注文を確認', ['注', '文', 'を', '確', '認']],
  ['iPhone用カバー', ['iphone', '用', 'カ', 'ハ\u3099'.normalize('NFC'), 'ー']],
  ['주문 확인', ['주문', '확인']],
  ['½ ﷺ', ['12', 'صلىاللهعليهوسلم']],
  ['\uE000 …— ', []],
])('%s', (text, words) => {
  expect(listWords(text)).toEqual(words);
});

test('returns the same words with and without positions, and correct positions', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (text) => {
      const placed = [...readWords(text)];
      expect(placed.map(({ word }) => word)).toEqual(listWords(text));
      let done = 0;
      for (const { word, start, end } of placed) {
        expect(start).toBeGreaterThanOrEqual(done);
        expect(end).toBeGreaterThan(start);
        expect(listWords(text.slice(start, end))).toEqual([word]);
        done = end;
      }
    }),
  );
});

test('splits words again into the same words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const words = listWords(text);
      expect(listWords(words.join(' '))).toEqual(words);
    }),
  );
});
