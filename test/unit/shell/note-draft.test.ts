import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { NoteDraft } from '../../../src-main/contract/note';
import { fromForm, readTags, toForm } from '../../../src-renderer/shell/session/note-draft';

const full: NoteDraft = { atMs: 1000, endMs: 4000, text: 'It breaks', severity: 'error', tags: ['checkout', 'EU'] };

describe('the form of a note', () => {
  it('returns the note that it was opened with', () => {
    expect(fromForm(full, toForm(full))).toEqual(full);
    const bookmark: NoteDraft = { atMs: 5, text: '', isBookmark: true };
    expect(fromForm(bookmark, toForm(bookmark))).toEqual(bookmark);
  });

  it('saves no note without a text, unless it is a bookmark', () => {
    expect(fromForm({ atMs: 5, text: '' }, { ...toForm(full), text: '  ' })).toBeUndefined();
  });

  it('drops an end that is not after the start', () => {
    expect(fromForm(full, { ...toForm(full), endMs: 1000 })).not.toHaveProperty('endMs');
  });

  it('produces a valid note for any typed tags', () => {
    const typed = `a, A,, b\u0007c ,${'x'.repeat(100)},${Array.from({ length: 30 }, (_, n) => `t${n}`).join(',')}`;
    expect(readTags(typed).slice(0, 3)).toEqual(['a', 'bc', 'x'.repeat(40)]);
    expect(v.is(NoteDraft, fromForm(full, { ...toForm(full), tags: typed }))).toBe(true);
  });
});

describe('the schema of a note', () => {
  it.each([
    ['no words', { atMs: 1, text: ' ' }],
    ['an end before its beginning', { atMs: 10, endMs: 3, text: 'x' }],
    ['a tag with a comma', { atMs: 1, text: 'x', tags: ['a,b'] }],
    ['an unknown field', { atMs: 1, text: 'x', by: 'y' }],
  ])('refuses %s', (_, note) => {
    expect(v.is(NoteDraft, note)).toBe(false);
  });
});
