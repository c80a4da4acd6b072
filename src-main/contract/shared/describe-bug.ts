import * as v from 'valibot';
import { bugClasses, BugFrame, mostFrames, systemCodes, type Bug } from '../diagnostics';
import { CasementError, isErrorCode } from '../errors';

/** The most characters of a stack that are read. */
const longestStack = 20_000;

/**
 * Describes an unexpected error for the diagnostic log. The message, the cause, properties and foreign files are left out: they may quote
 * a recording or a key. `root` is the folder or the origin of the process's own files, with a trailing slash. Never throws.
 */
export function describeBug(thrown: unknown, root: string): Bug {
  try {
    const code = codeOf(thrown);
    return { class: classOf(thrown), ...(code !== undefined && { code }), frames: framesOf(thrown, root) };
  } catch {
    // A getter or a proxy may throw.
    return { class: 'other', frames: [] };
  }
}

function classOf(thrown: unknown): Bug['class'] {
  if (thrown instanceof CasementError) return 'CasementError';
  if (!(thrown instanceof Error)) return 'other';
  const { name } = thrown.constructor;
  return bugClasses.find((known) => known === name) ?? 'other';
}

function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  const { code } = thrown;
  return isErrorCode(code) ? code : systemCodes.find((known) => known === code);
}

function framesOf(thrown: unknown, root: string): BugFrame[] {
  if (!(thrown instanceof Error) || typeof thrown.stack !== 'string') return [];
  return linesOf(thrown.stack.slice(0, longestStack), thrown.message)
    .flatMap((line) => readFrame(line, root) ?? [])
    .slice(0, mostFrames);
}

/**
 * Returns the lines after the header, which quotes the message. A stack whose header isn't the class and the message was modified, so
 * none of its lines are trusted.
 */
function linesOf(stack: string, message: string): string[] {
  const header = /^[A-Za-z]\w*(?: \[[A-Z_]+\])?/.exec(stack)?.[0] ?? '';
  const expected = message === '' ? `${header}\n` : `${header}: ${message}\n`;
  return header !== '' && stack.startsWith(expected) ? stack.slice(expected.length).split('\n') : [];
}

// matches: "    at async Class.method (/app/dist/main/main.cjs:10:5)", "    at app://casement/assets/index.js:1:200"
const frameLine = /^ {4}at (?:async )?(?:new )?(?:(\S+) (?:\[as \S+\] )?\()?([^\s()][^()]*):(\d{1,9}):(\d{1,9})\)?$/;

function readFrame(line: string, root: string): BugFrame | undefined {
  const [, name, place = '', lineText, column] = frameLine.exec(line) ?? [];
  const [path, folder] = [place, root].map((each) => each.replaceAll('\\', '/')) as [string, string];
  if (!path.startsWith(folder)) return undefined;
  const frame = { file: path.slice(folder.length), line: Number(lineText), column: Number(column) };
  const named = v.safeParse(BugFrame, { ...frame, name });
  if (named.success && name !== undefined) return named.output;
  const plain = v.safeParse(BugFrame, frame);
  return plain.success ? plain.output : undefined;
}
