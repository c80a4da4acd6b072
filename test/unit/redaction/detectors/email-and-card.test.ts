import { expect, test } from 'vitest';
import { createDetectors } from '../../../../src-main/core/redaction/detectors';

const detectors = createDetectors();

function found(text: string): string[] {
  return detectors.find(text).map(({ start, end, kind }) => `${kind}:${text.slice(start, end)}`);
}

test.each([
  ['Write to jane.doe+news@mail.example.co.uk, please.', 'email:jane.doe+news@mail.example.co.uk'],
  ['mailto:jane@example.com?subject=Hi', 'email:jane@example.com'],
  ['user=jane@example.com&x=1', 'email:jane@example.com'],
  ['<jane@example.com>', 'email:jane@example.com'],
  ['ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'email:ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
  ['ja\u200bne@exam\u00adple.com', 'email:ja\u200bne@exam\u00adple.com'],
  ['j\u0430ne@ex\u0430mple.com', 'email:j\u0430ne@ex\u0430mple.com'],
  ['用户@例子.公司 です', 'email:用户@例子.公司'],
  ['jörg@bücher.example', 'email:jörg@bücher.example'],
  ['jane (at) example (dot) com', 'email:jane (at) example (dot) com'],
  ['it is jane at example dot com', 'email:jane at example dot com'],
])('finds the email address in %j', (text, expected) => {
  expect(found(text)).toEqual([expected]);
});

test.each(['Look at example.com', 'at 5 dot', '@user mentioned you', 'npm i foo@1.2.3', 'a @ b'])(
  'finds no email address in %j',
  (text) => {
    expect(found(text).filter((each) => each.startsWith('email'))).toEqual([]);
  },
);

test.each([
  '4111111111111111',
  '4111 1111 1111 1111',
  '3782-822463-10005',
  '４１１１ １１１１ １１１１ １１１１',
  '٤١١١ ١١١١ ١١١١ ١١١١',
  '4111\u00a01111\u20091111 1111',
])('finds the card %j', (card) => {
  expect(found(`Card ${card}.`)).toEqual([`card:${card}`]);
});

test('a number that fails the Luhn check isn’t a card', () => {
  expect(found('4111 1111 1111 1112').filter((each) => each.startsWith('card'))).toEqual([]);
});
