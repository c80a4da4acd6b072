import * as v from 'valibot';
import type { ErrorReply } from './errors';
import { JobId } from './ids';
import { phases } from './rpc';
import { appRequests } from './requests/app';
import { casePreviewEvents, casePreviewRequests } from './requests/case-previews';
import { caseRequests } from './requests/cases';
import { connectionRequests } from './requests/connections';
import { diagnosticsRequests } from './requests/diagnostics';
import { empty } from './requests/empty';
import { exportRequests } from './requests/exports';
import { libraryRequests } from './requests/library';
import { policyRequests } from './requests/policies';
import { redactionPreviewRequests } from './requests/redaction-previews';
import { searchRequests } from './requests/search';
import { sessionRequests } from './requests/sessions';
import { signerRequests } from './requests/signers';
import { StoredSession } from './session';
import { capBounds } from './settings';

/**
 * The complete list of requests from the shell to the main process. Handlers, the preload bridge, sender checks and the fuzz tests are
 * derived from this table and from `events`. Only the shell's main frame may use them; the replay frame has no bridge.
 */
export const requests = {
  ...appRequests,
  ...connectionRequests,
  ...sessionRequests,
  ...libraryRequests,
  ...searchRequests,
  ...caseRequests,
  ...casePreviewRequests,
  ...policyRequests,
  ...redactionPreviewRequests,
  ...signerRequests,
  ...exportRequests,
  ...diagnosticsRequests,
} as const;

/** The complete list of events that the main process emits to the shell. */
export const events = {
  /** Progress of a job, as `Progress` in `contract/rpc`. `total` is 0 while it is unknown. */
  'job.progress': v.strictObject({
    jobId: JobId,
    phase: v.picklist(phases),
    done: v.number(),
    total: v.number(),
    /** Of a pull: the number of events read so far. */
    events: v.optional(v.number()),
    /** Of several files: how many are done, and how many were found. */
    files: v.optional(v.strictObject({ done: v.number(), total: v.number() })),
  }),
  /** A followed session has grown. */
  'session.changed': v.strictObject({ session: StoredSession }),
  /** The system asked Casement to open files. `session.open-offered` opens them. */
  'session.offered': empty,
  ...casePreviewEvents,
} as const;

export type RequestName = keyof typeof requests;
export type RequestInput<N extends RequestName> = v.InferInput<(typeof requests)[N]['input']>;
export type CheckedInput<N extends RequestName> = v.InferOutput<(typeof requests)[N]['input']>;
export type RequestOutput<N extends RequestName> = v.InferOutput<(typeof requests)[N]['output']>;
/** The result of the code that answers a request. A request with an empty output needs no `return`. */
export type RequestResult<N extends RequestName> = object extends RequestOutput<N> ? void : RequestOutput<N>;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = v.InferOutput<(typeof events)[N]>;

/** The reply to every request. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: ErrorReply };

/** The type of `window.casement`: a function for each request, a subscription for each event. */
export type Bridge = {
  readonly requests: { readonly [N in RequestName]: (input: RequestInput<N>) => Promise<Reply<RequestOutput<N>>> };
  readonly events: {
    /** Returns the function that ends the subscription. */
    readonly [N in EventName]: (listener: (payload: EventPayload<N>) => void) => () => void;
  };
};

/** The kind of the message with which the preload passes a replay's data port to the shell. */
export const dataPortMessage = 'casement-data-port';

/** The channel on which the preload sends the paths of dropped files and folders to main. */
export const droppedFilesMessage = 'casement-dropped-files';
/** One more than the limit, so that a larger drop exceeds it and is reported. */
export const mostDropped = capBounds.folderFiles.max + 1;
export const DroppedFiles = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))),
  v.maxLength(mostDropped),
);

/** The largest request that main accepts, in characters of JSON. */
export const requestLimitChars = 300_000;
