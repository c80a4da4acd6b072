import * as v from 'valibot';
import { isErrorCode, type ErrorCode } from './errors';

const count = v.pipe(v.number(), v.minValue(0));

/** An entry of the request log. It never contains a query, a header, a body, or the id of a user or a session. */
export const LoggedRequest = v.strictObject({
  /** The time at which the request ended, ms since 1970. */
  atMs: count,
  method: v.picklist(['GET', 'POST']),
  host: v.pipe(v.string(), v.maxLength(300)),
  path: v.pipe(v.string(), v.maxLength(4000)),
  /** 0 if no response headers arrived. */
  status: count,
  ms: v.number(),
  /** The size of the body on the wire. */
  bytes: count,
  /** The error of a failed request. */
  code: v.optional(v.custom<ErrorCode>(isErrorCode)),
});
export type LoggedRequest = v.InferOutput<typeof LoggedRequest>;
