import { neighbourSpeed, playerCommandFor, type PlayerCommand } from './keyboard-map';
import { isKeyTaken } from './typing';
import { dialogs } from '../app/dialogs.svelte';
import { layout } from '../app/layout.svelte';
import type { ReplaySession } from './replay-session.svelte';

/** The commands of a stored session, which has events, notes and neighbours. */
export type SessionCommand = Exclude<
  PlayerCommand,
  { kind: 'toggle-play' | 'move' | 'share' | 'faster' | 'slower' | 'full-window' | 'help' }
>;

/** Passes a key's command to the player. Escape leaves the full window. */
export function onPlayerKey(event: KeyboardEvent, dispatch: (command: PlayerCommand) => void): void {
  if (event.defaultPrevented || dialogs.open || isKeyTaken(event.target, event.key)) return;
  if (event.key === 'Escape' && layout.isFullWindow) {
    layout.isFullWindow = false;
    return;
  }
  const command = playerCommandFor(event);
  if (!command) return;
  event.preventDefault();
  dispatch(command);
}

/** Runs the commands that any replay has. The caller handles those of a stored session. */
export function dispatchCommand(
  replay: ReplaySession,
  command: PlayerCommand,
  ofSession: (command: SessionCommand) => void = () => undefined,
): void {
  switch (command.kind) {
    case 'toggle-play':
      return replay.togglePlay();
    case 'move':
      return replay.seek(replay.atMs + command.byMs);
    case 'share':
      return replay.seek(replay.durationMs * command.share);
    case 'faster':
      return replay.setSpeed(neighbourSpeed(replay.speed, 1));
    case 'slower':
      return replay.setSpeed(neighbourSpeed(replay.speed, -1));
    case 'full-window':
      layout.isFullWindow = !layout.isFullWindow;
      return;
    case 'help':
      return dialogs.show({ name: 'help' });
    case 'next-event':
    case 'previous-event':
    case 'next-session':
    case 'previous-session':
    case 'note':
    case 'bookmark':
    case 'export':
      return ofSession(command);
  }
}
