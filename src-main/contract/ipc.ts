import * as v from 'valibot';
import { caseRequests } from './case';
import { LookOpened, lookRequests } from './case-preview';
import type { ErrorReply } from './errors';
import { ExportFormat, TicketFormat } from './export-format';
import { CaseId, ConnectionId, ExportId, JobId, LookId, NoteId, PreviewId, PullId, SessionId } from './ids';
import { LoggedRequest } from './logged-request';
import { Note, NoteDraft } from './note';
import { OpenedFiles } from './opened-files';
import { InterruptedPull } from './pull';
import { policyName, policyRequests } from './policy-requests';
import { RedactionReport } from './policy';
import { searchRequests } from './search';
import { Connection, KeychainState, RemoteSession, StoredSession } from './session';
import { capBounds, Settings } from './settings';
import { signerRequests } from './signers';
import { ConnectionKind, ConnectionPlace, SessionQuery } from './source';
import { TimelineEntry } from './timeline';

/**
 * The whole list of what a window may ask of the main process and be told by it. Handlers, the preload bridge, sender checks
 * and the fuzz tests are all made from these two tables. Only the shell's main frame may use them; the replay frame has no bridge.
 */
const empty = v.strictObject({});
const shortText = v.pipe(v.string(), v.maxLength(320));
const address = v.pipe(v.string(), v.maxLength(2000));

const choice = {
  policy: policyName,
  /** Include the user's own notes. */
  hasNotes: v.boolean(),
};
const exportChoice = { sessionId: SessionId, ...choice };
/** The whole case; with its description and texts or without. */
const caseChoice = { caseId: CaseId, ...choice, hasTexts: v.boolean() };

/** Of a case file. */
const sealing = {
  /** With the user's key, where there is a keychain that keeps it. */
  isSigned: v.boolean(),
  /** What it is encrypted with; empty for nothing. */
  passphrase: v.pipe(v.string(), v.maxLength(1000)),
};

const exportPreview = v.strictObject({ entries: v.array(TimelineEntry), total: v.number(), report: RedactionReport });
const savedExport = v.nullable(
  v.strictObject({ id: ExportId, fileName: v.string(), bytes: v.number(), sha256: v.string() }),
);

export const requests = {
  'app.status': {
    input: empty,
    output: v.strictObject({
      version: v.string(),
      /** `evaluation` when Casement runs on the old Electron that stands in where the current one can't be had. */
      runtime: v.picklist(['release', 'evaluation']),
      electron: v.string(),
      keychain: KeychainState,
    }),
  },
  'app.retry-keychain': { input: empty, output: KeychainState },
  'settings.get': { input: empty, output: Settings },
  'settings.set': { input: Settings, output: Settings },

  /** Starts the demo server, makes its CA at first run, takes a key from it and keeps that like any other. */
  'demo.start': { input: v.strictObject({ allowKeyForThisRun: v.boolean() }), output: Connection },

  'connection.list': { input: empty, output: v.array(Connection) },
  'connection.add': {
    input: v.strictObject({
      kind: v.pipe(
        ConnectionKind,
        v.check((kind) => kind !== 'demo'),
      ),
      name: v.pipe(shortText, v.trim(), v.minLength(1)),
      origin: address,
      place: ConnectionPlace,
      /** Empty where the platform needs none. */
      key: v.pipe(v.string(), v.trim(), v.maxLength(4000)),
      /** The CA that this one connection trusts besides nothing else; empty for the system's. */
      caPem: v.pipe(v.string(), v.maxLength(100_000)),
      /** The keys that the server may have; any if left out or empty. */
      pins: v.optional(v.pipe(v.string(), v.maxLength(2000))),
      allowKeyForThisRun: v.boolean(),
    }),
    output: Connection,
  },
  'connection.renew-key': {
    input: v.strictObject({
      id: ConnectionId,
      key: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4000)),
      allowKeyForThisRun: v.boolean(),
    }),
    output: Connection,
  },
  /** Tries the key that is kept, and judges it anew. */
  'connection.test': { input: v.strictObject({ id: ConnectionId }), output: Connection },
  'connection.remove': { input: v.strictObject({ id: ConnectionId }), output: empty },
  'connection.search': {
    input: v.strictObject({
      id: ConnectionId,
      query: SessionQuery,
      cursor: v.optional(v.pipe(v.string(), v.maxLength(2000))),
    }),
    output: v.strictObject({
      sessions: v.array(RemoteSession),
      cursor: v.optional(v.string()),
      /** The list was cut short, and no cursor leads to the rest. */
      isTruncated: v.boolean(),
    }),
  },

  /** The newest requests that were made of any source, the last one first. */
  'request-log.newest': { input: empty, output: v.array(LoggedRequest) },
  /** Shows the log in the system's file manager. */
  'request-log.reveal': { input: empty, output: empty },

  /** Shows a pulled session in the platform's own player, in the user's browser, at that time of the session. */
  'session.open-link': {
    input: v.strictObject({ id: SessionId, atMs: v.pipe(v.number(), v.minValue(0)) }),
    output: empty,
  },
  'session.pull': {
    input: v.strictObject({ connectionId: ConnectionId, remoteId: v.pipe(v.string(), v.maxLength(200)), jobId: JobId }),
    output: StoredSession,
  },
  /** The pulls that ended before their recordings did; pulling such a session again goes on where it stopped. */
  'pull.interrupted': { input: empty, output: v.array(InterruptedPull) },
  /** Forgets what came of one. */
  'pull.discard': { input: v.strictObject({ id: PullId }), output: empty },
  /**
   * Asks again and again for what is new of a session that is still being recorded, until it is final or the job is cancelled. What came
   * is told by `session.changed`.
   */
  'session.follow': { input: v.strictObject({ id: SessionId, jobId: JobId }), output: empty },
  /** Asks the user for files; null when they close the dialog. A job that is stopped keeps what it imported, and says so in its summary. */
  'session.open-file': { input: v.strictObject({ jobId: JobId }), output: v.nullable(OpenedFiles) },
  /** The same for folders: everything in them is looked at. */
  'session.open-folder': { input: v.strictObject({ jobId: JobId }), output: v.nullable(OpenedFiles) },
  /** Opens what the user dropped on the window last; null when there is nothing. The shell names no paths. */
  'session.open-dropped': { input: v.strictObject({ jobId: JobId }), output: v.nullable(OpenedFiles) },
  /** Opens the files that the system asked Casement to open (command line, double click) since the last time; null for none. */
  'session.open-offered': { input: v.strictObject({ jobId: JobId }), output: v.nullable(OpenedFiles) },
  /** Opens the case file once more that was found to be encrypted last. */
  'session.open-sealed': {
    input: v.strictObject({ passphrase: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)), jobId: JobId }),
    output: StoredSession,
  },
  'job.cancel': { input: v.strictObject({ jobId: JobId }), output: empty },

  'library.list': { input: empty, output: v.array(StoredSession) },
  /** Hides it; `library.restore` brings it back until Casement quits. */
  'library.remove': { input: v.strictObject({ id: SessionId }), output: empty },
  'library.restore': { input: v.strictObject({ id: SessionId }), output: StoredSession },

  /**
   * The reply names the frame's origin; the data port follows by `window.postMessage`.
   * A replay shows one tab of the user: the busiest one unless `windowId` asks for another.
   */
  'replay.open': {
    input: v.strictObject({
      id: v.union([SessionId, PreviewId, LookId]),
      windowId: v.optional(v.pipe(v.string(), v.maxLength(200))),
    }),
    output: v.strictObject({ origin: v.string(), windowId: v.string() }),
  },
  'timeline.get': { input: v.strictObject({ id: SessionId }), output: v.array(TimelineEntry) },

  ...searchRequests,

  'note.list': { input: v.strictObject({ sessionId: SessionId }), output: v.array(Note) },
  'note.add': {
    input: v.strictObject({ sessionId: SessionId, note: NoteDraft }),
    output: Note,
  },
  /** Takes the place of what the note said before, as a whole. */
  'note.change': { input: v.strictObject({ sessionId: SessionId, id: NoteId, note: NoteDraft }), output: Note },
  'note.remove': { input: v.strictObject({ sessionId: SessionId, id: NoteId }), output: empty },

  ...caseRequests,

  ...lookRequests,

  ...policyRequests,

  ...signerRequests,

  'export.preview': { input: v.strictObject({ ...exportChoice, jobId: JobId }), output: exportPreview },
  'export.preview-case': { input: v.strictObject({ ...caseChoice, jobId: JobId }), output: exportPreview },
  /** Asks the user where to; null when they close the dialog. */
  'export.save': {
    input: v.strictObject({
      ...exportChoice,
      format: ExportFormat,
      /** Of the report, as a page or as a PDF: the redacted page at each note. */
      hasPictures: v.boolean(),
      ...sealing,
      jobId: JobId,
    }),
    output: savedExport,
  },
  /** The same, as one case file. */
  'export.save-case': { input: v.strictObject({ ...caseChoice, ...sealing, jobId: JobId }), output: savedExport },
  /** Puts the timeline into the clipboard, as what is pasted into a ticket. */
  'export.copy': {
    input: v.strictObject({ ...exportChoice, format: TicketFormat, jobId: JobId }),
    output: v.strictObject({ characters: v.number() }),
  },
  'export.reveal': { input: v.strictObject({ id: ExportId }), output: empty },
} as const;

export const events = {
  /** Progress of a job, as `Progress` in `contract/rpc`. `total` is 0 while it isn't known. */
  'job.progress': v.strictObject({
    jobId: JobId,
    phase: v.picklist([
      'waiting',
      'fetching',
      'reading',
      'storing',
      'counting',
      'redacting',
      'checking',
      'picturing',
      'indexing',
    ]),
    done: v.number(),
    total: v.number(),
    /** Of a pull: the events that were read so far. */
    events: v.optional(v.number()),
    /** Of many files: those that are done, and all that were found. */
    files: v.optional(v.strictObject({ done: v.number(), total: v.number() })),
  }),
  /** A session that is followed grew. */
  'session.changed': v.strictObject({ session: StoredSession }),
  /** The system asked Casement to open files: `session.open-offered` opens them. */
  'session.offered': empty,
  /** A case file that is being opened can be looked at, before anything of it is checked. */
  'look.opened': LookOpened,
} as const;

export type RequestName = keyof typeof requests;
export type RequestInput<N extends RequestName> = v.InferInput<(typeof requests)[N]['input']>;
export type CheckedInput<N extends RequestName> = v.InferOutput<(typeof requests)[N]['input']>;
export type RequestOutput<N extends RequestName> = v.InferOutput<(typeof requests)[N]['output']>;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = v.InferOutput<(typeof events)[N]>;

/** Every reply, of every request. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: ErrorReply };

/** What `window.casement` is: one function a request, one subscription an event. */
export type Bridge = {
  readonly requests: { readonly [N in RequestName]: (input: RequestInput<N>) => Promise<Reply<RequestOutput<N>>> };
  readonly events: {
    /** Returns the function that ends the subscription. */
    readonly [N in EventName]: (listener: (payload: EventPayload<N>) => void) => () => void;
  };
};

/** The `postMessage` kind with which the preload hands a replay's data port to the shell. */
export const dataPortMessage = 'casement-data-port';

/** The message with which the preload tells main the paths of files and folders that the user dropped on the window. */
export const droppedFilesMessage = 'casement-dropped-files';
/** So many that the cap says it when a drop has more. */
export const mostDropped = capBounds.folderFiles.max + 1;
export const DroppedFiles = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))),
  v.maxLength(mostDropped),
);

/** The largest request, in characters of JSON, that main looks at. */
export const requestLimitChars = 300_000;
