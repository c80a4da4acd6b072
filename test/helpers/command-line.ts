import { buildReplayTemplate } from './replay-template';
import { run } from '../../src-main/cli/run';
import type { Terminal } from '../../src-main/cli/terminal';

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command of the command line in this process, as `cli.ts` does. */
export function casement(...args: string[]): Promise<CommandResult> {
  return casementUntil(new AbortController().signal, args);
}

/** The parts of the terminal that a test replaces. */
type Replaced = Partial<Pick<Terminal, 'env' | 'now' | 'readKeychain' | 'wait'>>;

/** The same, with a simulated Ctrl-C. `onPrint` receives its progress messages. */
export async function casementUntil(
  signal: AbortSignal,
  args: string[],
  onPrint: (line: string) => void = () => undefined,
  replaced: Replaced = {},
): Promise<CommandResult> {
  const result: CommandResult = { code: 0, stdout: '', stderr: '' };
  result.code = await run(args, {
    write: (text) => (result.stdout += text),
    print: (line) => {
      result.stderr += `${line}\n`;
      onPrint(line);
    },
    readReplayTemplate: buildReplayTemplate,
    now: () => new Date('2026-11-23T10:00:00Z'),
    env: {},
    wait: () => Promise.resolve(),
    readKeychain: () => Promise.resolve(undefined),
    signal,
    isDebug: true,
    ...replaced,
  });
  return result;
}
