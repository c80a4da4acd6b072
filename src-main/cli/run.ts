import {
  CasementError,
  errorSentence,
  errorTable,
  toErrorReply,
  type ErrorCode,
  type ErrorKind,
} from '../contract/errors';
import { commandLineFormats } from '../contract/export-format';
import { words } from '../contract/words/cli';
import { shippedPolicies } from '../core/redaction/policy';
import { toPlainLine } from '../core/text/plain-line';
import type { Terminal } from './terminal';
import { runDemo } from './demo';
import { runInspect } from './inspect';
import { runPack } from './pack';
import { runPull } from './pull';
import { runRedact } from './redact';
import { runTimeline } from './timeline';
import { runVerify } from './verify';

type Command = (args: string[], terminal: Terminal) => Promise<void>;

const commands: Record<string, Command> = {
  inspect: runInspect,
  timeline: runTimeline,
  redact: runRedact,
  pack: runPack,
  verify: runVerify,
  pull: runPull,
  demo: runDemo,
};

const exitCodes: Record<ErrorKind, number> = { cancelled: 130, bug: 1, user: 2, untrusted: 3, remote: 4, local: 5 };

/** The codes whose exit code isn't that of their kind. */
const ownExitCodes: Partial<Record<ErrorCode, number>> = { 'leak-refused': 6, 'pull-incomplete': 7 };

/** Runs a command. Returns the exit code of the process. A failure is printed to stderr as a sentence. */
export async function run([name, ...args]: string[], terminal: Terminal): Promise<number> {
  const policies = shippedPolicies.map((policy) => policy.name).join(', ');
  const usage = words.usage.replace('{policies}', policies).replace('{formats}', listFormats());
  if (name === 'help' || name === '--help') {
    terminal.write(usage);
    return 0;
  }
  try {
    const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) {
      terminal.print(usage);
      throw new CasementError('usage', { reason: name === undefined ? words.noCommand : words.unknownCommand(name) });
    }
    if (args.includes('--help')) terminal.write(usageOf(name, usage));
    else await command(args, terminal);
    return 0;
  } catch (error) {
    return printError(error, terminal);
  }
}

/** The columns at which the descriptions of the usage text start and end, in characters. */
const descriptionColumn = 48;
const lineWidth = 112;

/** Lists the formats of a timeline in the description column of the usage text. */
function listFormats(): string {
  const lines = [''];
  for (const format of commandLineFormats) {
    const line = `${lines.at(-1) ?? ''} ${format}`.trim();
    if (descriptionColumn + line.length > lineWidth) lines.push(format);
    else lines[lines.length - 1] = line;
  }
  return lines.join(`\n${' '.repeat(descriptionColumn)}`);
}

/** Returns the part of the usage about one command, and the explanations that hold for all commands. */
function usageOf(name: string | undefined, usage: string): string {
  const [list = '', explanations = ''] = usage.split(/\n\n(?=FILE )/);
  const command = list.split(/\n(?= {2}\w)/).find((entry) => entry.trimStart().startsWith(`${name} `)) ?? list;
  return `Usage: casement ${command.trim()}\n\n${explanations}`;
}

/** Prints an error to stderr as a sentence. Returns the exit code of its kind. */
export function printError(error: unknown, terminal: Pick<Terminal, 'print' | 'isDebug'>): number {
  const reply = toErrorReply(error);
  // Details may come from a file: a field of a policy, a path in a case file.
  terminal.print(`${reply.code}: ${toPlainLine(errorSentence(reply), 1000)}`);
  if (reply.code === 'bug' && terminal.isDebug) terminal.print(String(error instanceof Error ? error.stack : error));
  return ownExitCodes[reply.code] ?? exitCodes[errorTable[reply.code].kind];
}
