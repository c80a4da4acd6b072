import { describe, expect, it } from 'vitest';
import { neighbourIn } from '../../../src-renderer/shell/sources/playlist-order';

const all = (): boolean => true;

describe('the order of a batch', () => {
  it('finds the next and the previous session, and stops at both ends', () => {
    expect(neighbourIn(['a', 'b', 'c'], 'b', 1, all)).toBe('c');
    expect(neighbourIn(['a', 'b', 'c'], 'b', -1, all)).toBe('a');
    expect(neighbourIn(['a', 'b', 'c'], 'c', 1, all)).toBeUndefined();
    expect(neighbourIn(['a', 'b', 'c'], 'a', -1, all)).toBeUndefined();
  });

  it('skips sessions that were removed from the library', () => {
    expect(neighbourIn(['a', 'b', 'c'], 'a', 1, (id) => id !== 'b')).toBe('c');
    expect(neighbourIn(['a', 'b', 'c'], 'c', -1, (id) => id === 'a')).toBe('a');
  });

  it('finds no neighbour of a session outside the batch', () => {
    expect(neighbourIn(['a', 'b'], 'x', 1, all)).toBeUndefined();
  });
});
