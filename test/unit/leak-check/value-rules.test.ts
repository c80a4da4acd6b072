import { expect, it } from 'vitest';
import { ruleFor, valueRules, type ValueContext } from '../../../src-main/core/leak-check/value-rules';

/** A session on 23 November 2026 on a page with one button, with a policy that masks page text. */
const context: ValueContext = {
  isMoment: (text) => text === '2026-11-23',
  wasShown: (text) => text === 'Place order',
  isKnownWord: (word) => ['add', 'to', 'cart'].includes(word.toLowerCase()),
  isCommonWord: (word) => ['add', 'to', 'cart', 'recorded', 'session'].includes(word.toLowerCase()),
  staysText: false,
};

it.each(valueRules.map((rule) => [rule.name, rule] as const))('applies to its own example: %s', (_, rule) => {
  expect(ruleFor(rule.example, context).name).toBe(rule.name);
});

it.each([
  ['人', false, 'alone'],
  ['李小明', true, 'alone'],
  ['Приветствую', true, 'anywhere'],
  ['hunter2pw', true, 'anywhere-with-pieces'],
  ['add to cart', true, 'not'],
  ['add to basket', true, 'anywhere'],
])('searches for %s in the expected way', (text, staysText, search) => {
  expect(ruleFor({ text, isSecret: false }, { ...context, staysText }).search).toBe(search);
});
