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
  /** The environment variables. */
  env: NodeJS.ProcessEnv;
  /** Waits before a request is tried again. Throws cancelled. */
  wait(ms: number): Promise<void>;
  /** Reads the OS keychain. Returns undefined if there is no such entry. Throws keychain-*, cancelled. */
  readKeychain(account: string): Promise<string | undefined>;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Prints the stack of unexpected errors. It may quote a recording, so only developers turn it on. */
  isDebug: boolean;
}
