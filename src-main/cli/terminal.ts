import type { ReplayTemplate } from '../core/export/replay-template';

/** The environment of the command line, passed in so that tests can read the output. */
export interface Terminal {
  /** stdout: data. */
  write(text: string): void;
  /** stderr: messages, one line each. */
  print(line: string): void;
  now(): Date;
  /** The built page that replays a recording, without a recording in it. */
  readReplayTemplate(): Promise<ReplayTemplate>;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Prints the stack of unexpected errors. It may quote a recording, so only developers turn it on. */
  isDebug: boolean;
}
