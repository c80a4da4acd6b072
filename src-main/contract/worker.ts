import type { CasePreview } from './case-preview';
import type { Completeness } from './completeness';
import type { ExportFormat, TicketFormat } from './export-format';
import type { CheckedInput, RequestName, RequestOutput, RequestResult } from './ipc';
import type { OpenedFiles } from './opened-files';
import type { PullPoint } from './pull';
import type { Policy } from './policy';
import type { StoredSession } from './session';
import type { KnownSigner } from './signers';
import type { FolderCaps, RecordingCaps, TimelineThresholds } from './settings';

/** The origin of a recording, as the library stores it. */
export type ImportOrigin = Pick<
  StoredSession,
  'title' | 'from' | 'sourceName' | 'file' | 'connectionId' | 'remoteId' | 'isTimelineOnly'
>;

/** The state of a recording at the end of a pull. */
export interface PullState {
  /** The pull ended before the end of the recording. */
  isCut?: true;
  /** The parts that the platform announced, and those that arrived. */
  completeness: readonly Completeness[];
  /** The number of recorded events that the platform's list announced. The import counts those that arrived. */
  announcedEvents?: number | undefined;
  /** The recording may grow until this time, ms since 1970. */
  mutableUntil?: number | undefined;
}

/** The settings of an import. */
export interface ImportSettings {
  thresholds: TimelineThresholds;
  /** The limits of a recording; the defaults if absent. */
  caps?: RecordingCaps;
}

/** The export of a session or a case. */
interface ExportRequest {
  id: string;
  policy: Policy;
  hasNotes: boolean;
  /** Masks private values in the user's own texts as well, after the user agreed. */
  hidesOwnTexts?: boolean;
  thresholds: TimelineThresholds;
}

/** For a PDF or a report with screenshots, a port to the hidden windows (`window-port`) is transferred with the call. */
interface FileRequest {
  format: ExportFormat;
  path: string;
  hasScreenshots: boolean;
}

/** The signature and encryption of a case file. */
interface Sealing {
  /** The private key that signs it, in PEM. */
  signingKey?: string;
  passphrase?: string;
}

/** Requests of the shell that main forwards to the worker unchanged. */
export const forwardedRequests = [
  'library.list',
  'library.remove',
  'library.restore',
  'pull.interrupted',
  'pull.discard',
  'note.list',
  'note.add',
  'note.change',
  'note.remove',
  'case.list',
  'case.get',
  'case.create',
  'case.change',
  'case.set-sessions',
  'case.attach',
  'case.detach',
  'case.remove',
  'case.restore',
] as const satisfies readonly RequestName[];

/** Requests of the shell that main forwards as a job, so that they report progress and can be cancelled. */
export const forwardedJobs = ['search.query', 'search.catch-up'] as const satisfies readonly RequestName[];

export type ForwardedRequest = (typeof forwardedRequests)[number];
export type ForwardedJob = (typeof forwardedJobs)[number];

/** A method of the worker with the parameters and the result of a request. Main removes the job id. */
interface FromRequest<N extends RequestName> {
  params: Omit<CheckedInput<N>, 'jobId'>;
  result: RequestResult<N>;
}
type ForwardedMethods = { [N in ForwardedRequest | ForwardedJob]: FromRequest<N> };

/**
 * The methods of the worker process. It holds the vault and never the key of a source. It receives the vault's key once, with `vault.open`.
 */
export interface WorkerMethods extends ForwardedMethods {
  /**
   * `kept` is the folder of the permanent vault, `thisRun` of one that is deleted when Casement quits; leftovers of other runs are
   * deleted. If a vault for this run is open, its sessions move into the vault that is opened.
   */
  'vault.open': { params: { kept: string; thisRun: string; key: Uint8Array; isForThisRun: boolean }; result: void };
  /** Resolves when everything is written. A vault for this run is deleted. */
  'vault.close': { params: null; result: void };

  /**
   * Starts the import of a pull, whose bytes follow piece by piece: each reply to `import.bytes` allows the next piece. If a session of
   * the same source is stored already, the import appends to it.
   */
  'import.start': {
    /** `isJournaled`: the bytes are kept on disk beyond this process, and those of an interrupted pull are read first. */
    params: { origin: ImportOrigin; isJournaled: boolean } & ImportSettings;
    /** `kept`: the number of bytes kept from an interrupted pull, and the point to resume from if there is one. */
    result: { importId: string; kept: { bytes: number; point: PullPoint | undefined } | undefined };
  };
  /** `point` is before the end of these bytes. Returns the number of events read so far. */
  'import.bytes': {
    params: { importId: string; bytes: Uint8Array; point?: PullPoint | undefined };
    result: { events: number };
  };
  /** `keepsJournal`: the received part is stored, and the pull can be resumed. */
  'import.finish': { params: { importId: string; state: PullState; keepsJournal?: boolean }; result: StoredSession };
  'import.abort': { params: { importId: string; keepsJournal?: boolean }; result: void };
  /** Imports a recording or a case file, detected by its content. A file that is already in the library isn't imported again. */
  'import.file': { params: { path: string; passphrase?: string } & ImportSettings; result: StoredSession };
  /** Imports files and folders that the user chose. A cancelled job keeps and returns the sessions that it has imported. */
  'import.paths': { params: { paths: string[]; folderCaps: FolderCaps } & ImportSettings; result: OpenedFiles };

  /** Redacts a session. `replay.serve` replays the result under the returned id until it is closed. */
  'preview.open': {
    params: { id: string; policy: Policy; thresholds: TimelineThresholds };
    result: RequestOutput<'preview.open'>;
  };
  'preview.close': FromRequest<'preview.close'>;

  /**
   * Opens a case file so that `replay.serve` can replay it directly from the file, until it is closed. Returns null for any other file,
   * and for a case file that only its import can check.
   */
  'case-preview.open': { params: { path: string }; result: CasePreview | null };
  'case-preview.close': FromRequest<'case-preview.close'>;

  /** The data port of the replay frame is transferred with the call. */
  'replay.serve': { params: { id: string; windowId: string | null }; result: { windowId: string } };
  /** If the session's timeline was built with other thresholds, it is rebuilt and stored. */
  'timeline.get': {
    params: CheckedInput<'timeline.get'> & { thresholds: TimelineThresholds };
    result: RequestOutput<'timeline.get'>;
  };

  /** Throws signers-damaged. */
  'signers.read': { params: null; result: KnownSigner[] };
  'signers.write': { params: { signers: KnownSigner[] }; result: void };
  /** Renames a list that can't be read, so that a new one can start. */
  'signers.set-aside': { params: null; result: void };

  'export.preview': { params: ExportRequest; result: RequestOutput<'export.preview'> };
  /** Returns the text to paste into a ticket. */
  'export.ticket': { params: ExportRequest & { format: TicketFormat }; result: string };
  'export.write': {
    params: ExportRequest & FileRequest & Sealing;
    /** `repaired`: the number of values that were masked only after the gate had found them, by channel. */
    result: {
      bytes: number;
      sha256: string;
      repaired: Readonly<Record<string, number>>;
      /** Those values. Main keeps them for `export.always-hide`; they reach no window and no log. */
      found: readonly string[];
    };
  };
  /** `hasTexts`: the case's description and attached texts are included. */
  'export.preview-case': {
    params: ExportRequest & { hasTexts: boolean };
    result: RequestOutput<'export.preview-case'>;
  };
  'export.write-case': {
    params: ExportRequest & { hasTexts: boolean } & FileRequest & Sealing;
    result: WorkerMethods['export.write']['result'];
  };
  'export.ticket-case': WorkerMethods['export.ticket'];
}

/** The methods of the keychain process. It serves one call at a time and can't list accounts. */
export interface KeychainMethods {
  probe: { params: null; result: 'ready' | 'locked' | 'none' };
  get: { params: { account: string }; result: string | null };
  set: { params: { account: string; secret: string }; result: void };
  delete: { params: { account: string }; result: void };
}

/** The methods of the demo server's process. */
export interface DemoServerMethods {
  /** Creates the CA of the demo server: ECDSA P-256, valid for one year. */
  'ca.create': { params: null; result: { certPem: string; keyPem: string } };
  start: {
    params: {
      ca: { certPem: string; keyPem: string };
      recordingsDir: string;
      issuedKeyHashes: string[];
      setupToken: string;
      port: number;
    };
    result: { port: number };
  };
  /** The hashes of all issued keys, so that the next start accepts them. */
  'key-hashes': { params: null; result: string[] };
  stop: { params: null; result: void };
}
