import { replaySpeeds } from '../../../src-main/contract/replay-port';

/** The player's commands. */
export type PlayerCommand =
  | { kind: 'toggle-play' }
  | { kind: 'move'; byMs: number }
  | { kind: 'next-event' }
  | { kind: 'previous-event' }
  | { kind: 'share'; share: number }
  | { kind: 'faster' }
  | { kind: 'slower' }
  | { kind: 'full-window' }
  | { kind: 'next-session' }
  | { kind: 'previous-session' }
  | { kind: 'note' }
  | { kind: 'bookmark' }
  | { kind: 'export' }
  | { kind: 'help' };

/** The fields of a `KeyboardEvent` that matter here. */
export interface KeyPress {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

export const jumpMs = 5000;
const frameMs = 100;

const plainKeys: Readonly<Record<string, PlayerCommand>> = {
  ' ': { kind: 'toggle-play' },
  k: { kind: 'toggle-play' },
  ',': { kind: 'move', byMs: -frameMs },
  '.': { kind: 'move', byMs: frameMs },
  '<': { kind: 'slower' },
  '>': { kind: 'faster' },
  '[': { kind: 'previous-session' },
  ']': { kind: 'next-session' },
  f: { kind: 'full-window' },
  n: { kind: 'note' },
  b: { kind: 'bookmark' },
  e: { kind: 'export' },
  '?': { kind: 'help' },
};

/** Returns the player's command for a key, if any. Keys with Ctrl, Alt or Meta belong to the system. */
export function playerCommandFor(press: KeyPress): PlayerCommand | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (press.key === 'ArrowLeft') {
    return press.shiftKey ? { kind: 'previous-event' } : { kind: 'move', byMs: -jumpMs };
  }
  if (press.key === 'ArrowRight') return press.shiftKey ? { kind: 'next-event' } : { kind: 'move', byMs: jumpMs };
  if (/^[0-9]$/.test(press.key)) return { kind: 'share', share: Number(press.key) / 10 };
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return Object.hasOwn(plainKeys, key) ? plainKeys[key] : undefined;
}

/** Returns the next higher (1) or lower (-1) speed, or the same at the end of the list. */
export function neighbourSpeed(speed: number, step: 1 | -1): number {
  const index = replaySpeeds.findIndex((known) => known === speed);
  return replaySpeeds[index + step] ?? speed;
}
