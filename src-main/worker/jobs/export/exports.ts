import { basename } from 'node:path';
import type { Policy } from '../../../contract/policy';
import type { TimelineThresholds } from '../../../contract/settings';
import type { StoredSession } from '../../../contract/session';
import type { TimelineEntry } from '../../../contract/timeline';
import { clockOfStored } from '../../../contract/shared/timeline-order';
import type { ExportFormat, TicketFormat } from '../../../contract/export-format';
import { exportedSessionWords } from '../../../contract/words/timeline';
import { custodyOf, type ExportFacts, type SessionOrigin } from '../../../core/export/artifact';
import type { ReplayTemplate } from '../../../core/export/replay-template';
import { withMaskedNotes } from '../../../core/export/own-texts';
import { prepareTimeline } from '../../../core/export/prepare-timeline';
import { prepareExport, readSessionValues, type PreparedExport } from '../../../core/export/prepare';
import { repairedIn, withRepair, type Repairs } from '../../../core/export/repair';
import { joinPrepared } from '../../../core/export/join';
import type { ScratchStore } from '../../../core/recording/normalise/normalise';
import type { Pseudonyms } from '../../../core/redaction/private-values/pseudonyms';
import type { SharedTexts } from '../../../core/redaction/shared-texts';
import type { ReportNote } from '../../../core/timeline/formats';
import { createCasePseudonyms } from '../../../node/export/case-pseudonyms';
import type { Gate } from '../../../node/gate/gate';
import { openSigner } from '../../../node/signing/ed25519';
import {
  renderTicket,
  writeCaseFile,
  writePrintedFile,
  writeReplayFile,
  writeTimelineFile,
  type CaseOrder,
  type PrintOrder,
  type TakeScreenshots,
  type WrittenFile,
} from '../../../node/export/write-export';
import { readEvents, type Vault } from '../../../node/vault/vault';
import { withScratch } from '../import/import-recording';
import type { Job } from '../job';
import { SharedPreparations } from './shared-preparations';
import { countSharedTexts } from './shared-texts';

export interface Choice {
  policy: Policy;
  hasNotes: boolean;
  thresholds: TimelineThresholds;
  /** Masks private values in the user's own texts as well. */
  hidesOwnTexts?: boolean | undefined;
  /** Shared by all sessions of one export. A single session gets its own if absent. */
  pseudonyms?: Pseudonyms;
  /** The values that the gate found in an earlier attempt at this export. */
  repairs?: Repairs | undefined;
  /** Results that earlier steps of the same export left. */
  shared?: SharedPreparations | undefined;
}

interface Preparation extends Choice {
  /** False for exports that contain the timeline only. Default: true. */
  hasRecording?: boolean;
}

export interface ExportTarget extends Choice {
  format: ExportFormat;
  path: string;
  /** Reads the template of the replay page. Only called for a case file and a replay page. */
  readTemplate: () => Promise<ReplayTemplate>;
  /** The private key that signs a case file, in PEM. Kept in memory only during the export. */
  signingKey?: string | undefined;
  passphrase?: string | undefined;
  print: PrintOrder['print'];
  /** Set if the report should contain screenshots. */
  takeScreenshots?:
    | ((sessions: readonly PreparedExport[], notes: readonly ReportNote[], gate: Gate) => ReturnType<TakeScreenshots>)
    | undefined;
}

/** Makes an export with a scratch store, and again with more hidden if the gate refuses it (`withRepair`). */
export function withRepairedScratch<T>(
  vault: Vault,
  { hidesOwnTexts }: Pick<Choice, 'hidesOwnTexts'>,
  work: (scratch: ScratchStore, repairs: Repairs) => Promise<T>,
): Promise<T> {
  return withRepair((repairs) => withScratch(vault, (scratch) => work(scratch, repairs)), hidesOwnTexts);
}

export type Made = Pick<ExportFacts, 'software' | 'generatedAt'>;

/** Redacts a stored session for an export or its preview. The redacted recording is stored in `scratch`. */
export async function prepareStored(
  vault: Vault,
  session: StoredSession,
  { hasNotes, pseudonyms: ofCase, hasRecording = true, ...choice }: Preparation,
  scratch: ScratchStore,
  { signal, onProgress }: Job,
): Promise<PreparedExport> {
  const { policy, thresholds } = choice;
  const pseudonyms = ofCase ?? createCasePseudonyms();
  const literals = choice.repairs?.literals ?? [];
  // Which texts stay because many users saw them depends on the other sessions of the vault.
  const shared = policy.sharedText === 'off' && choice.shared ? choice.shared : new SharedPreparations();
  const events = readEvents(vault, session.id);
  const facts = [session.id, session.generation, session.facts, policy] as const;
  const watch = {
    signal,
    onProgress: (done: number): void => onProgress({ phase: 'redacting', done, total: session.facts.events }),
  };
  const hasEvents = (await vault.segments(session.id)).length > 0;
  const prepare = async (sharedTexts?: SharedTexts): Promise<PreparedExport> => {
    const { startedAt, durationMs } = session.facts;
    const common = { policy, pseudonyms, literals, notes: [], startedAt, clock: clockOfStored(session) };
    if (!hasEvents) return prepareTimeline(await vault.readTimeline(session.id), { ...common, durationMs });
    const exported = session.hasExportedTimeline ? await vault.readTimeline(session.id) : undefined;
    const lost: TimelineEntry[] = [];
    for await (const part of vault.timelineParts(session.id)) lost.push(...part.filter(({ verb }) => verb === 'lost'));
    return prepareExport(events, {
      ...common,
      thresholds,
      scratch,
      sharedTexts,
      lost,
      exported,
      hasRecording,
      values: await shared.take(['values', ...facts], () =>
        readSessionValues(events, policy, { sharedTexts, ...watch }),
      ),
      ...watch,
    });
  };
  const prepareShared = async (): Promise<PreparedExport> => {
    if (policy.sharedText === 'off') {
      // A recording is in the store of its job, and labels are those of one case.
      if (hasRecording || (policy.pseudonyms && ofCase)) return prepare();
      return shared.take(['timeline', ...facts, thresholds, literals], () => prepare());
    }
    // Sessions may be removed after they were counted; then count again. If the vault keeps changing, no shared text stays.
    for (let tries = 0; tries < countTries; tries++) {
      const { texts, stillHolds } = await countSharedTexts(vault, session, policy.sharedText.minUsers, {
        signal,
        onProgress,
      });
      const prepared = await prepare(texts);
      if (await stillHolds()) return prepared;
      shared.clear();
    }
    return prepare();
  };
  const prepared = await prepareShared();
  return withMaskedNotes(prepared, hasNotes ? await vault.readNotes(session.id) : [], policy, pseudonyms);
}

const countTries = 3;

/** Redacts, checks and writes a session in the target's format. If anything fails, an existing file stays unchanged. */
export function exportStored(
  vault: Vault,
  session: StoredSession,
  target: ExportTarget,
  made: Made,
  job: Job,
): Promise<ExportedFile> {
  return withRepairedScratch(vault, target, async (scratch, repairs) => {
    const choice = { ...target, repairs, hasRecording: needsRecording(target) };
    const prepared = await prepareStored(vault, session, choice, scratch, job);
    const facts = factsOf(session, target.policy, made);
    const sessions = [{ prepared, origin: originOf(session) }];
    return writePrepared(
      { sessions, facts, parentCase: session.verification?.manifestHash },
      { ...target, repairs },
      job,
    );
  });
}

/** Returns true if an export contains the redacted recording, or screenshots of it. */
export function needsRecording({ format, takeScreenshots }: Pick<ExportTarget, 'format' | 'takeScreenshots'>): boolean {
  return format === 'case' || format === 'replay-html' || takeScreenshots !== undefined;
}

/** Prepared sessions with what an export adds to them. Only a case file contains the texts of a case. */
export type ExportSubject = Pick<CaseOrder, 'sessions' | 'facts' | 'about' | 'attachments' | 'parentCase'>;

/** Checks and writes prepared sessions in the target's format: several as one merged timeline, or as one case file or page. */
export async function writePrepared(
  subject: ExportSubject,
  { format, path, policy, print, readTemplate, takeScreenshots, repairs, ...target }: ExportTarget,
  { signal, onProgress }: Pick<Job, 'signal' | 'onProgress'>,
): Promise<ExportedFile> {
  const prepared = subject.sessions.map((session) => session.prepared);
  const order = { path, fileName: basename(path), facts: subject.facts, signal, finds: repairs };
  onProgress({ phase: 'checking', done: 0, total: 0 });
  const write = async (): Promise<WrittenFile> => {
    if (format === 'replay-html') return writeReplayFile({ ...order, template: await readTemplate(), prepared });
    if (format === 'case') {
      return writeCaseFile({ ...subject, ...order, policy, template: await readTemplate(), ...sealingOf(target) });
    }
    const joined = joinPrepared(prepared);
    const report = {
      ...order,
      prepared: joined,
      takeScreenshots: takeScreenshots && ((gate: Gate) => takeScreenshots(prepared, joined.notes, gate)),
    };
    return format === 'pdf' ? writePrintedFile({ ...report, print }) : writeTimelineFile({ ...report, format });
  };
  return { ...(await write()), repaired: repairedIn(prepared), found: repairs?.values ?? [] };
}

/**
 * `repaired`: the number of values that were masked only after the gate had found them, by channel; `found`: those values. They go to
 * main only, which adds them to a policy if the user asks for it.
 */
export type ExportedFile = WrittenFile & { repaired: Readonly<Record<string, number>>; found: readonly string[] };

/** Returns the signer and the passphrase of a case file. Throws sign-key. */
function sealingOf({
  signingKey,
  passphrase,
}: Pick<ExportTarget, 'signingKey' | 'passphrase'>): Pick<CaseOrder, 'signer' | 'passphrase'> {
  return { signer: signingKey === undefined ? undefined : openSigner(signingKey), passphrase };
}

/** Returns a session as text to paste into a ticket, redacted and checked by the gate. Throws leak-refused, cancelled. */
export function ticketOf(
  vault: Vault,
  session: StoredSession,
  choice: Choice & { format: TicketFormat },
  made: Made,
  job: Job,
): Promise<string> {
  return withRepairedScratch(vault, choice, async (scratch, repairs) => {
    const preparation = { ...choice, repairs, hasRecording: false };
    const prepared = await prepareStored(vault, session, preparation, scratch, job);
    job.onProgress({ phase: 'checking', done: 0, total: 0 });
    const facts = factsOf(session, choice.policy, made);
    return renderTicket(choice.format, prepared, facts, { signal: job.signal, finds: repairs });
  });
}

function factsOf(session: StoredSession, policy: Policy, made: Made): ExportFacts {
  const facts = { ...made, title: exportTitle(session), policy: policy.name };
  return { ...facts, custody: custodyOf(facts, originOf(session)) };
}

export function originOf(session: StoredSession): SessionOrigin {
  return {
    action: session.connectionId === undefined ? 'imported' : 'pulled',
    at: new Date(session.pulledAt).toISOString(),
    source: session.from,
    format: session.facts.format,
    earlier: session.custody ?? [],
  };
}

/** Returns a neutral title, since a stored session is named after its user or file. Sessions from a case file keep their title. */
export function exportTitle(session: StoredSession): string {
  return session.from === 'case' ? session.title : exportedSessionWords.single;
}
