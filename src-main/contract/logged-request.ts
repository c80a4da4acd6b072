import * as v from 'valibot';
import { isErrorCode, type ErrorCode } from './errors';

const count = v.pipe(v.number(), v.minValue(0));

/** One line of the log of what was asked of the network. Never a query, a header, a body, or an id of a user or a session. */
export const LoggedRequest = v.strictObject({
  /** When it was over, ms since 1970. */
  atMs: count,
  method: v.picklist(['GET', 'POST']),
  host: v.pipe(v.string(), v.maxLength(300)),
  path: v.pipe(v.string(), v.maxLength(4000)),
  /** 0 when no head of a reply came. */
  status: count,
  ms: v.number(),
  /** Of the body, on the wire. */
  bytes: count,
  /** How it failed. */
  code: v.optional(v.custom<ErrorCode>(isErrorCode)),
});
export type LoggedRequest = v.InferOutput<typeof LoggedRequest>;
