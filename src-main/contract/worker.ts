import type { Case, CaseChange, CaseSummary } from './case';
import type { CaseLook } from './case-preview';
import type { ExportFormat, TicketFormat } from './export-format';
import type { SessionId } from './ids';
import type { Note, NoteDraft } from './note';
import type { OpenedFiles } from './opened-files';
import type { InterruptedPull, PullPoint } from './pull';
import type { Policy, RedactionReport } from './policy';
import type { SearchQuery, SearchResult } from './search';
import type { StoredSession } from './session';
import type { KnownSigner } from './signers';
import type { FolderCaps, RecordingCaps, TimelineThresholds } from './settings';
import type { TimelineEntry } from './timeline';

/** Where a recording came from, as the library keeps it. */
export type ImportOrigin = Pick<
  StoredSession,
  'title' | 'from' | 'sourceName' | 'file' | 'connectionId' | 'remoteId' | 'isTimelineOnly'
>;

/** What a pull knows of the recording at its end. */
export interface PullState {
  /** Something of it is still at the platform, or lost there. */
  isPartial: boolean;
  /** It may grow until then, ms since 1970. */
  mutableUntil?: number | undefined;
}

/** How a recording is read and told. */
export interface ImportSettings {
  thresholds: TimelineThresholds;
  /** How much is taken of it; the defaults if left out. */
  caps?: RecordingCaps;
}

/** A session or a case, and how it is exported. */
interface ExportRequest {
  id: string;
  policy: Policy;
  hasNotes: boolean;
  thresholds: TimelineThresholds;
}

/** Of a case file. */
interface Sealing {
  /** The private key that signs it, in PEM. */
  signingKey?: string;
  passphrase?: string;
}

/**
 * What the worker process can be asked for. It holds the vault and never a source's key;
 * a vault key comes with `vault.open`, once.
 */
export interface WorkerMethods {
  /**
   * `kept` is the folder of the vault that stays, `thisRun` of one that is gone with this run; leftovers of other runs are deleted.
   * Sessions of a vault for this run only that is open already move into the one that is opened.
   */
  'vault.open': { params: { kept: string; thisRun: string; key: Uint8Array; isForThisRun: boolean }; result: null };
  /** Ends with everything written; a vault for this run only is deleted. */
  'vault.close': { params: null; result: null };

  'library.list': { params: null; result: StoredSession[] };
  'library.remove': { params: { id: string }; result: null };
  'library.restore': { params: { id: string }; result: StoredSession };

  /**
   * A pull hands its bytes over piece by piece; each answer is the leave to send the next. A session of the same source that is
   * stored already is appended to.
   */
  'import.start': {
    /** `isJournaled`: its bytes outlive this process, and those that an earlier pull left are taken first. */
    params: { origin: ImportOrigin; isJournaled: boolean } & ImportSettings;
    /** `kept` is what an earlier pull left: so many bytes, up to the point to go on from where there is one. */
    result: { importId: string; kept: { bytes: number; point: PullPoint | undefined } | undefined };
  };
  /** `point` lies before the end of these bytes. The result tells how many events were read so far. */
  'import.bytes': {
    params: { importId: string; bytes: Uint8Array; point?: PullPoint | undefined };
    result: { events: number };
  };
  /** `keepsJournal`: what came is stored, and the pull can be gone on with. */
  'import.finish': { params: { importId: string; state: PullState; keepsJournal?: boolean }; result: StoredSession };
  'import.abort': { params: { importId: string; keepsJournal?: boolean }; result: null };
  /** The pulls that ended before their recordings did. */
  'pull.interrupted': { params: null; result: InterruptedPull[] };
  'pull.discard': { params: { id: string }; result: null };
  /** A recording, or a case file: told apart by content, not by name. What is in the library already isn't imported again. */
  'import.file': { params: { path: string; passphrase?: string } & ImportSettings; result: StoredSession };
  /** The same for files and folders as the user named them. A job that is stopped keeps what it imported, and answers. */
  'import.paths': { params: { paths: string[]; folderCaps: FolderCaps } & ImportSettings; result: OpenedFiles };

  /**
   * Redacts a session into a place of its own, to be replayed by `replay.serve` under the id that comes back until it is closed.
   * `windows`: what each recorded window is called there.
   */
  'preview.open': {
    params: { id: string; policy: Policy; thresholds: TimelineThresholds };
    result: { id: string; report: RedactionReport; durationMs: number; windows: Record<string, string> };
  };
  'preview.close': { params: { id: string }; result: null };

  /**
   * Lets a case file be replayed by `replay.serve`, straight from the file, until it is closed. Null for what isn't one, and for one that
   * only its import can judge.
   */
  'look.open': { params: { path: string }; result: CaseLook | null };
  'look.close': { params: { id: string }; result: null };

  /** Comes with the data port of a replay frame. */
  'replay.serve': { params: { id: string; windowId: string | null }; result: { windowId: string } };
  /** Of a session that was imported with other thresholds, the timeline is made again and kept. */
  'timeline.get': { params: { id: string; thresholds: TimelineThresholds }; result: TimelineEntry[] };

  'search.query': { params: SearchQuery; result: SearchResult };
  /** Ends when every stored session is in the index. */
  'search.catch-up': { params: null; result: null };

  'note.list': { params: { sessionId: string }; result: Note[] };
  'note.add': { params: { sessionId: string; note: NoteDraft }; result: Note };
  'note.change': { params: { sessionId: string; id: string; note: NoteDraft }; result: Note };
  'note.remove': { params: { sessionId: string; id: string }; result: null };

  'case.list': { params: null; result: CaseSummary[] };
  'case.get': { params: { id: string }; result: Case };
  'case.create': { params: { title: string; sessionIds: SessionId[] }; result: Case };
  'case.change': { params: { id: string; change: CaseChange }; result: Case };
  'case.set-sessions': { params: { id: string; sessionIds: SessionId[] }; result: Case };
  'case.attach': { params: { id: string; name: string; text: string }; result: Case };
  'case.detach': { params: { id: string; attachmentId: string }; result: Case };
  'case.remove': { params: { id: string }; result: null };
  'case.restore': { params: { id: string }; result: Case };

  /** Errors: signers-damaged. */
  'signers.read': { params: null; result: KnownSigner[] };
  'signers.write': { params: { signers: KnownSigner[] }; result: null };
  /** Of a list that can't be read: it is put aside, and a new one begins. */
  'signers.set-aside': { params: null; result: null };

  'export.preview': {
    params: ExportRequest;
    result: { entries: TimelineEntry[]; total: number; report: RedactionReport };
  };
  /** What is pasted into a ticket. */
  'export.ticket': { params: ExportRequest & { format: TicketFormat }; result: string };
  /** A PDF, and a report with pictures at its notes, come with the port of hidden windows (`window-port`). */
  'export.write': {
    params: ExportRequest & { format: ExportFormat; path: string; hasPictures: boolean } & Sealing;
    result: { bytes: number; sha256: string };
  };
  /** The whole case; `hasTexts`: with its description and texts. */
  'export.preview-case': {
    params: ExportRequest & { hasTexts: boolean };
    result: WorkerMethods['export.preview']['result'];
  };
  'export.write-case': {
    params: ExportRequest & { hasTexts: boolean; path: string } & Sealing;
    result: WorkerMethods['export.write']['result'];
  };
}

/** What the keychain process can be asked for: one call at a time, nothing listed. */
export interface KeychainMethods {
  probe: { params: null; result: 'ready' | 'locked' | 'none' };
  get: { params: { account: string }; result: string | null };
  set: { params: { account: string; secret: string }; result: null };
  delete: { params: { account: string }; result: null };
}

/** What the demo server's process can be asked for. */
export interface DemoServerMethods {
  /** Makes the CA of the demo server: ECDSA P-256, one year. */
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
  /** The hashes of all keys that were issued, so that they are known at the next start. */
  'key-hashes': { params: null; result: string[] };
  stop: { params: null; result: null };
}
