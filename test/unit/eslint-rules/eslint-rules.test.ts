import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { casementRules } from '../../../eslint-rules/index.mjs';

const linter = new Linter();

/** Lints plain JavaScript with one rule and returns the messages. */
function lint(rule: keyof typeof casementRules.rules, code: string, options: Record<string, unknown> = {}): string[] {
  const found = linter.verify(code, {
    plugins: { casement: casementRules },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: { [`casement/${rule}`]: ['error', ...(Object.keys(options).length > 0 ? [options] : [])] },
  });
  return found.map(({ message }) => message);
}

test.each([
  ['a reason written as text', "fail('case-damaged', { reason: 'its media type is another one' })"],
  ['a reason with a value in it', 'fail("x", { reason: `${name} is too long` })'],
  ['a choice of two texts', "fail('x', { reason: a ? 'one' : words.other })"],
  ['a fallback text', "fail('x', { reason: words[key] ?? 'unknown' })"],
  ['a quoted key', "fail('x', { 'reason': 'text' })"],
  ['joined texts', "fail('x', { reason: 'too ' + size })"],
])('no-literal-reason refuses %s', (_, code) => {
  expect(lint('no-literal-reason', code)).toHaveLength(1);
});

test.each([
  ['a reason from the catalogue', "fail('x', { reason: refusals.mediaType })"],
  ['a reason that was passed on', 'const f = (reason) => ({ reason })'],
  ['a destructured default', 'const { reason = 1 } = details;'],
  ['another key', "fail('x', { name: 'text' })"],
])('no-literal-reason accepts %s', (_, code) => {
  expect(lint('no-literal-reason', code)).toEqual([]);
});

test.each([
  ['an equality', "if (error.code === 'vault-damaged') f();"],
  ['a difference, the code first', "if ('offline' !== error.code) f();"],
  ['a beginning', "if (error.code.startsWith('keychain-')) f();"],
  ['a list', "if (['a-b', 'c-d'].includes(error.code)) f();"],
  ['a set', 'if (retryable.has(failure.code)) f();'],
  ['a regular expression', 'if (/^vault-/.test(error.code)) f();'],
  ['a switch', "switch (error?.code) { case 'offline': f(); }"],
])('no-raw-error-code refuses %s', (_, code) => {
  expect(lint('no-raw-error-code', code)).toHaveLength(1);
});

test.each([
  ['hasCode', "if (hasCode(error, 'vault-damaged')) f();"],
  ["a system's code", "if (error.code === 'ENOENT') f();"],
  ["a list of the system's codes", "if (['EPIPE', 'EOF'].includes(error.code)) f();"],
  ['a code of something else', "if (key.code === 'Space') f();"],
])('no-raw-error-code accepts %s', (_, code) => {
  expect(lint('no-raw-error-code', code)).toEqual([]);
});

test.each([
  ['a comment', '// The list is read anew.\nf();'],
  ['a doc comment that begins with a clause', '/** What the server said. */\nf();'],
  ['a later line of a doc comment', '/**\n * Reads it.\n * Whoever waits is told.\n */\nf();'],
  ['a test title', "test('is told to be damaged', () => {});"],
  ['the title of a table of tests', "test.each([1])('begins anew at %i', () => {});"],
  ['the title of a group', "describe('so many clicks', () => {});"],
])('plain-english refuses the dialect in %s', (_, code) => {
  expect(lint('plain-english', code).length).toBeGreaterThan(0);
});

test.each([
  ['plain comments', '// Reads the list again after a retry.\nf();'],
  ['a question that opens an ordinary comment', '// What if the list is empty? Then nothing is read.\nf();'],
  ['"there is no"', '// There is no limit, and there is none for the other side.\nf();'],
  ['telling apart', '// Two ids tell them apart.\nf();'],
  ['strings outside the catalogue', "f('told');"],
  ['a directive', '/* eslint-disable no-eval -- told */\nf();'],
])('plain-english accepts %s', (_, code) => {
  expect(lint('plain-english', code)).toEqual([]);
});

test('plain-english reads all strings where it checks the catalogue', () => {
  expect(
    lint('plain-english', "export const words = { a: 'It begins anew', b: `told ${n}` };", { strings: true }),
  ).toHaveLength(2);
});
