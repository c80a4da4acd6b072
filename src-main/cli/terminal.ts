import type { ReplayTemplate } from '../core/export/replay-template';

/** The command line's surroundings, handed in so that tests can read what was said. */
export interface Terminal {
  /** stdout: data. */
  write(text: string): void;
  /** stderr: talk, one line. */
  say(line: string): void;
  now(): Date;
  /** The built page that replays a recording, before there is one in it. */
  readReplayTemplate(): Promise<ReplayTemplate>;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Shows where a bug was; its text may hold recording text, so only a developer asks for it. */
  isDebug: boolean;
}
