import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src-main/contract/note';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { hiddenLines } from '../../../src-renderer/shell/policies/redacted-lines';
import { mergeNotes } from '../../../src-renderer/shell/session/merge-notes';
import { recordedAt } from '../../../src-renderer/shell/app/recorded-at';

const startMs = Date.UTC(2025, 10, 23);

function entry(atMs: number, kind: TimelineEntry['kind'] = 'click'): TimelineEntry {
  return { atMs, wallMs: startMs + atMs, windowId: '1', kind, severity: 'info', verb: 'stated', quotes: { text: 'x' } };
}

const note: Note = { id: 'note-1', atMs: 1000, text: 'Here it breaks' };

describe('mergeNotes', () => {
  it('puts a note after the entries of the same time, with the recording’s time of day', () => {
    const items = mergeNotes([entry(0), entry(1000), entry(2000)], [note]);
    expect(items.map(({ noteId }) => noteId)).toEqual([undefined, undefined, 'note-1', undefined]);
    expect(items[2]?.wallMs).toBe(startMs + 1000);
  });

  it('gives a note no time of day if the recording has none', () => {
    expect(mergeNotes([{ ...entry(0), wallMs: null }], [note])[1]?.wallMs).toBeNull();
    expect(mergeNotes([], [note])[0]?.wallMs).toBeNull();
  });

  it('lists a note once even if the timeline has it too', () => {
    expect(mergeNotes([entry(1000, 'note')], [note])).toHaveLength(1);
  });

  it('keeps the keys of entries while notes come and go', () => {
    const before = mergeNotes([entry(0), entry(2000)], []);
    const after = mergeNotes([entry(0), entry(2000)], [note]);
    expect(after.filter(({ noteId }) => !noteId).map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    expect(new Set(after.map(({ key }) => key)).size).toBe(after.length);
  });
});

describe('recordedAt', () => {
  it('is null if the time of day was removed', () => {
    expect(recordedAt({ startedAt: 0 })).toBeNull();
    expect(recordedAt({ startedAt: startMs })).toBe(startMs);
  });
});

describe('hiddenLines', () => {
  it('lists the most frequent first, omits zeros and keeps channels without words', () => {
    expect(hiddenLines({ masked: { text: 12, input: 0, 'new-channel': 3 }, dropped: { image: 1200 } })).toEqual([
      'Images: 1,200 removed',
      'Text: 12 masked',
      'new-channel: 3 masked',
    ]);
  });

  it('doesn’t look up inherited properties', () => {
    expect(hiddenLines({ masked: { constructor: 1 }, dropped: {} })).toEqual(['constructor: 1 masked']);
  });
});
