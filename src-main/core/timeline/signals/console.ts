import { isRecord, listOf } from '../../recording/json';
import { quotesOf, type Draft } from '../draft';
import { toPlainLine } from '../../text/plain-line';

const messageLimit = 300;

/**
 * Reads the payload of rrweb's console plugin, if it is an error or a warning. Each argument is JSON. The plugin also records uncaught
 * errors, as an error with the browser's text.
 */
export function readConsole(payload: unknown, at: number): Draft | undefined {
  if (!isRecord(payload)) return undefined;
  const isError = payload.level === 'error' || payload.level === 'assert';
  if (!isError && payload.level !== 'warn') return undefined;
  return describeMessage(isError ? 'error' : 'warning', consoleMessage(payload.payload), at);
}

const uncaught = /^(uncaught\b|unhandled (promise )?rejection)/i;

/** Describes an error or warning. `message`: one line. */
export function describeMessage(level: 'error' | 'warning', message: string, at: number): Draft {
  const quotes = quotesOf({ message });
  if (level === 'warning') return { at, kind: 'console-warning', severity: 'warning', verb: 'logged', quotes };
  return uncaught.test(message)
    ? describeError(message, at)
    : { at, kind: 'console-error', severity: 'error', verb: 'logged', quotes };
}

/** Describes an uncaught error. */
export function describeError(message: string, at: number): Draft {
  const quotes = quotesOf({ message: toPlainLine(message, messageLimit) });
  return { at, kind: 'error', severity: 'error', verb: 'threw', quotes };
}

/** Returns the first line of a message, with its arguments joined as a console shows them. */
export function consoleMessage(args: unknown): string {
  const words = (typeof args === 'string' ? [args] : listOf(args)).slice(0, 20).map(readArgument);
  const lines = words
    .join(' ')
    .trimStart()
    .split(/[\r\n]/);
  return toPlainLine(lines[0] ?? '', messageLimit);
}

/** Returns a string without its quotes, anything else as JSON. The recorder truncates long arguments, which then are invalid JSON. */
function readArgument(argument: unknown): string {
  if (typeof argument !== 'string') return '';
  const text = argument.slice(0, 10_000);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text.startsWith('"') ? text.slice(1).replaceAll('\\n', '\n') : text;
  }
}
