import * as v from 'valibot';

/** The processes and pages whose bugs are logged. */
export const bugOrigins = ['main', 'worker', 'keychain', 'demo-server', 'shell', 'replay'] as const;
export const BugOrigin = v.picklist(bugOrigins);
export type BugOrigin = v.InferOutput<typeof BugOrigin>;

/** The classes of errors that are named in the log. Any other class is logged as `other`: a name may be built from data. */
export const bugClasses = [
  'Error',
  'AggregateError',
  'CasementError',
  'DOMException',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'ValiError',
  'other',
] as const;

/** The system error codes that are logged, in addition to Casement's own codes. */
export const systemCodes = [
  'EACCES',
  'EADDRINUSE',
  'EBADF',
  'EBUSY',
  'ECONNREFUSED',
  'ECONNRESET',
  'EEXIST',
  'EINVAL',
  'EIO',
  'EISDIR',
  'EMFILE',
  'ENOENT',
  'ENOMEM',
  'ENOSPC',
  'ENOTDIR',
  'ENOTEMPTY',
  'EPERM',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_INVALID_ARG_TYPE',
  'ERR_INVALID_ARG_VALUE',
  'ERR_OUT_OF_RANGE',
] as const;

export const mostFrames = 20;

const position = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000_000));

/** A stack frame in one of Casement's own files. */
export const BugFrame = v.strictObject({
  /** Relative to the folder of the process's own files, with forward slashes. */
  file: v.pipe(
    v.string(),
    v.maxLength(100),
    v.regex(/^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?:cjs|mjs|js)$/),
    v.check((file) => !file.includes('..')),
  ),
  line: position,
  column: position,
  /** The name of the function, if it occurs in the file. */
  name: v.optional(v.pipe(v.string(), v.maxLength(80), v.regex(/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/))),
});
export type BugFrame = v.InferOutput<typeof BugFrame>;

/** An unexpected error without its message, its values and the paths of the user's computer. */
export const Bug = v.strictObject({
  class: v.picklist(bugClasses),
  code: v.optional(v.pipe(v.string(), v.maxLength(40), v.regex(/^[A-Za-z][\w-]*$/))),
  frames: v.pipe(v.array(BugFrame), v.maxLength(mostFrames)),
});
export type Bug = v.InferOutput<typeof Bug>;

export const LoggedBug = v.strictObject({
  ...Bug.entries,
  origin: BugOrigin,
  /** The time of the last occurrence, ms since 1970. */
  atMs: v.number(),
  /** The number of consecutive occurrences. */
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type LoggedBug = v.InferOutput<typeof LoggedBug>;
