import { describe, expect, it } from 'vitest';
import { neighbourSpeed, playerCommandFor, type KeyPress } from '../../../src-renderer/shell/session/keyboard-map';

function press(key: string, held: Partial<KeyPress> = {}): ReturnType<typeof playerCommandFor> {
  return playerCommandFor({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });
}

describe('playerCommandFor', () => {
  it.each([' ', 'k', 'K'])('plays and pauses with “%s”', (key) => expect(press(key)).toEqual({ kind: 'toggle-play' }));

  it('moves 5 seconds with the arrows and by event with Shift', () => {
    expect(press('ArrowLeft')).toEqual({ kind: 'move', byMs: -5000 });
    expect(press('ArrowRight')).toEqual({ kind: 'move', byMs: 5000 });
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ kind: 'previous-event' });
    expect(press('ArrowRight', { shiftKey: true })).toEqual({ kind: 'next-event' });
  });

  it('moves a tenth of a second with comma and full stop', () => {
    expect(press(',')).toEqual({ kind: 'move', byMs: -100 });
    expect(press('.')).toEqual({ kind: 'move', byMs: 100 });
  });

  it('seeks to tenths of the session with the digits', () => {
    expect(press('0')).toEqual({ kind: 'share', share: 0 });
    expect(press('9')).toEqual({ kind: 'share', share: 0.9 });
  });

  it.each([
    ['<', 'slower'],
    ['>', 'faster'],
    ['f', 'full-window'],
    ['n', 'note'],
    ['b', 'bookmark'],
    ['[', 'previous-session'],
    [']', 'next-session'],
    ['e', 'export'],
    ['?', 'help'],
  ])('knows “%s”', (key, kind) => expect(press(key, { shiftKey: '<>?'.includes(key) })).toEqual({ kind }));

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('leaves keys with %s to the system', (held) => {
    expect(press('n', { [held]: true })).toBeUndefined();
    expect(press('ArrowLeft', { [held]: true })).toBeUndefined();
  });

  it.each(['Tab', 'Enter', 'a', 'toString', '__proto__'])('does nothing for %s', (key) =>
    expect(press(key)).toBeUndefined(),
  );
});

describe('neighbourSpeed', () => {
  it('moves through the list of speeds and stops at its ends', () => {
    expect(neighbourSpeed(1, 1)).toBe(2);
    expect(neighbourSpeed(1, -1)).toBe(0.5);
    expect(neighbourSpeed(16, 1)).toBe(16);
    expect(neighbourSpeed(0.5, -1)).toBe(0.5);
  });
});
