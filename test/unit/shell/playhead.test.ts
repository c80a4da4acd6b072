import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followsAfter } from '../../../src-renderer/shell/session/follow';
import { entryIndexAt, nextEntryTime, previousEntryTime } from '../../../src-renderer/shell/session/playhead';

const entries = [0, 1000, 1000, 5000].map((atMs) => ({ atMs }));

describe('entryIndexAt', () => {
  it('is the last entry at or before the time', () => {
    expect([-1, 0, 999, 1000, 4999, 5000, 9000].map((atMs) => entryIndexAt(entries, atMs))).toEqual([
      -1, 0, 0, 2, 2, 3, 3,
    ]);
  });

  it('agrees with a linear search in any sorted list', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), fc.nat(1100), (times, atMs) => {
        const list = times.sort((a, b) => a - b).map((time) => ({ atMs: time }));
        expect(entryIndexAt(list, atMs)).toBe(list.filter((item) => item.atMs <= atMs).length - 1);
      }),
    );
  });
});

describe('moving by event', () => {
  it('finds the neighbours of the playhead', () => {
    expect(nextEntryTime(entries, 1500)).toBe(5000);
    expect(previousEntryTime(entries, 1500)).toBe(1000);
  });

  it('leaves the current entry even if the painted frame is slightly off its time', () => {
    expect(nextEntryTime(entries, 985)).toBe(5000);
    expect(previousEntryTime(entries, 1030)).toBe(0);
  });

  it('stops at the ends', () => {
    expect(nextEntryTime(entries, 5000)).toBeUndefined();
    expect(previousEntryTime(entries, 0)).toBeUndefined();
  });
});

describe('followsAfter', () => {
  it('stops when the user scrolls and resumes when the user asks for it', () => {
    expect(followsAfter('user-scrolled')).toBe(false);
    expect(followsAfter('resumed')).toBe(true);
    expect(followsAfter('entry-chosen')).toBe(true);
  });
});
