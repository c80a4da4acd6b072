import { expect, it } from 'vitest';
import { entryText } from '../../../src-main/contract/words/timeline';
import { upgradeEntry } from '../../../src-main/core/timeline/upgrade';

const old = { atMs: 5, wallMs: null, windowId: '1', kind: 'click', severity: 'info', text: 'Clicked “Pay”' } as const;

it('keeps the sentence of a stored entry of version 1', () => {
  const entry = upgradeEntry({ ...old, details: { page: 'shop.test/', title: 'Shop' } });
  expect(entryText(entry)).toBe('Clicked “Pay”');
  expect(entry).not.toHaveProperty('text');
  expect(entry.quotes).toEqual({ text: 'Clicked “Pay”', page: 'shop.test/', title: 'Shop' });
});

it('keeps count and reason of a lost part', () => {
  const lost = { ...old, kind: 'lost', text: '2 parts …', details: { count: 2, reason: 'cut off' } } as const;
  expect(upgradeEntry(lost)).toMatchObject({ verb: 'lost', facts: { count: 2 }, quotes: { reason: 'cut off' } });
});

it('returns a current entry unchanged', () => {
  const { text: _text, ...rest } = old;
  const entry = { ...rest, verb: 'clicked', quotes: { name: 'Pay' } } as const;
  expect(upgradeEntry(entry)).toBe(entry);
});
