import { expect, test } from 'vitest';
import { findMissing, type Completeness } from '../../../src-main/contract/completeness';
import { completenessWords } from '../../../src-main/contract/words/completeness';

const events: Completeness = { unit: 'events', received: 2368, expected: 2422 };

test('names what is missing of what was announced', () => {
  expect(completenessWords.mark([events])).toBe('Not complete: 54 of 2,422 events missing');
  const blocks: Completeness = { unit: 'blocks', received: 0, expected: 1 };
  expect(completenessWords.mark([blocks, events])).toBe('Not complete: 1 of 1 block and 54 of 2,422 events missing');
  expect(completenessWords.mark([])).toBe('Not complete');
  expect(completenessWords.hint([events])).not.toBe(completenessWords.hint([]));
});

test('nothing is missing when more arrived than was announced, as of a live session', () => {
  expect(findMissing([{ ...events, received: 2500 }])).toEqual([]);
  expect(findMissing([events])).toEqual([events]);
});
