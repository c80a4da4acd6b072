import type { BugOrigin, LoggedBug } from '../diagnostics';
import { plural } from './format';

export const diagnosticsWords = {
  title: 'Diagnostics',
  about:
    'When something unexpected fails, Casement logs the kind of error and its position in the program, without messages or data. The log stays on this computer.',
  empty: 'No errors have been logged.',
  loading: 'Loading diagnostics…',
  list: 'Logged errors',
  copy: 'Copy diagnostics',
  copied: 'Diagnostics copied',
  clear: 'Clear diagnostics',
  cleared: 'Diagnostics cleared',
  count: (count: number) => plural(count, 'time', 'times'),
  more: (count: number) => plural(count, 'older error', 'older errors'),
  noFrames: 'Position unknown',
  origins: {
    main: 'Main process',
    worker: 'Worker process',
    keychain: 'Keychain process',
    'demo-server': 'Demo server',
    shell: 'Window',
    replay: 'Replay',
  } satisfies Record<BugOrigin, string>,
} as const;

/** The class and the code of an error, such as `TypeError (EPERM)`. */
export function bugTitle({ class: name, code }: LoggedBug): string {
  return code === undefined ? name : `${name} (${code})`;
}

export function frameText({ file, line, column, name }: LoggedBug['frames'][number]): string {
  const position = `${file}:${line}:${column}`;
  return name === undefined ? position : `${name} (${position})`;
}

/** The log as text for a bug report. Times are in UTC. */
export function diagnosticsText(software: string, bugs: readonly LoggedBug[]): string {
  const entries = bugs.map((bug) => {
    const head = `${new Date(bug.atMs).toISOString()} ${bug.origin}: ${bugTitle(bug)}`;
    const count = bug.count > 1 ? `, ${diagnosticsWords.count(bug.count)}` : '';
    return [`${head}${count}`, ...bug.frames.map((frame) => `    at ${frameText(frame)}`)].join('\n');
  });
  return `${[software, ...entries].join('\n\n')}\n`;
}
