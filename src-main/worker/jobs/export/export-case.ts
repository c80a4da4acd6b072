import type { Case } from '../../../contract/case';
import { CasementError } from '../../../contract/errors';
import type { TicketFormat } from '../../../contract/export-format';
import type { Policy, RedactionReport } from '../../../contract/policy';
import type { StoredSession } from '../../../contract/session';
import type { JoinedEntry } from '../../../contract/timeline';
import { exportedSessionWords } from '../../../contract/words/timeline';
import { custodyOf } from '../../../core/export/artifact';
import { redactCaseTexts, type CaseTexts } from '../../../core/export/case-texts';
import { addReports, joinPrepared } from '../../../core/export/join';
import { createOwnTextMask, type OwnTextMask } from '../../../core/export/own-texts';
import type { PreparedExport } from '../../../core/export/prepare';
import type { ScratchStore } from '../../../core/recording/normalise/normalise';
import { createCasePseudonyms } from '../../../node/export/case-pseudonyms';
import { renderTicket } from '../../../node/export/write-export';
import type { Vault } from '../../../node/vault/vault';
import {
  exportTitle,
  needsRecording,
  originOf,
  prepareStored,
  withRepairedScratch,
  writePrepared,
  type Choice,
  type ExportedFile,
  type ExportSubject,
  type ExportTarget,
  type Made,
} from './exports';
import { withScratch } from '../import/import-recording';
import type { Job } from '../job';

interface CaseChoice extends Choice {
  /** Include the description and the attached texts, redacted like the sessions. */
  hasTexts: boolean;
}

type CaseTarget = CaseChoice & ExportTarget;

interface PreparedCase {
  sessions: { session: StoredSession; prepared: PreparedExport }[];
  texts: CaseTexts;
  /** Masks private values in the user's own texts. */
  mask: OwnTextMask;
  /** The combined report of the texts and all sessions. */
  report: RedactionReport;
}

/**
 * Returns the redacted timeline of a case, merged by the clocks of its sessions. Skips sessions that are no longer in the library.
 * Throws case-empty, and the errors of `prepareStored`.
 */
export function previewCase(
  vault: Vault,
  item: Case,
  choice: CaseChoice,
  job: Job,
): Promise<{ entries: readonly JoinedEntry[]; report: RedactionReport }> {
  return withScratch(vault, async (scratch) => {
    const { sessions, report } = await prepareCase(vault, item, { ...choice, hasRecording: false }, scratch, job);
    return { entries: joinPrepared(sessions.map(({ prepared }) => prepared)).entries, report };
  });
}

/**
 * Redacts, checks and writes a case: as one case file, as one replay page, or as its merged timeline. Throws the errors of `previewCase`,
 * leak-refused, replay-too-large, pdf-failed, disk-*.
 */
export function exportCase(vault: Vault, item: Case, target: CaseTarget, made: Made, job: Job): Promise<ExportedFile> {
  return withRepairedScratch(vault, target, async (scratch, repairs) => {
    const hasTexts = target.hasTexts && target.format === 'case';
    const choice = { ...target, hasTexts, repairs, hasRecording: needsRecording(target) };
    const prepared = await prepareCase(vault, item, choice, scratch, job);
    return writePrepared(subjectOf(item, prepared, target.policy, made), { ...target, repairs }, job);
  });
}

/** Returns the merged timeline of a case as text to paste into a ticket, redacted and checked by the gate. Throws as `exportCase`. */
export function ticketOfCase(
  vault: Vault,
  item: Case,
  choice: Choice & { format: TicketFormat },
  made: Made,
  job: Job,
): Promise<string> {
  return withRepairedScratch(vault, choice, async (scratch, repairs) => {
    const without = { ...choice, hasTexts: false, repairs, hasRecording: false };
    const prepared = await prepareCase(vault, item, without, scratch, job);
    const { facts } = subjectOf(item, prepared, choice.policy, made);
    job.onProgress({ phase: 'checking', done: 0, total: 0 });
    const joined = joinPrepared(prepared.sessions.map((session) => session.prepared));
    return renderTicket(choice.format, joined, facts, { signal: job.signal, finds: repairs });
  });
}

function subjectOf(
  { status, severity, ...item }: Case,
  prepared: PreparedCase,
  policy: Policy,
  made: Made,
): ExportSubject {
  const { sessions, texts, mask } = prepared;
  const title = mask(item.title);
  const parents = new Set(sessions.map(({ session }) => session.verification?.manifestHash));
  const [parentCase] = parents.size === 1 ? parents : [];
  const seen = new Set<string | undefined>();
  const isFirstOf = (file: string | undefined): boolean => seen.size !== seen.add(file).size;
  const origins = sessions.map(({ session }, ordinal) => originInCase(session, ordinal, isFirstOf));
  const facts = { ...made, title, policy: policy.name };
  return {
    facts: { ...facts, custody: custodyOf(facts, ...origins) },
    sessions: sessions.flatMap(({ prepared }, ordinal) => {
      const origin = origins[ordinal];
      return origin ? [{ prepared, origin }] : [];
    }),
    about: { description: texts.description, status, severity, owner: mask(item.owner), tags: item.tags.map(mask) },
    attachments: texts.attachments,
    parentCase,
  };
}

/** All sessions of a case file share one chain of custody. Only the first one exports it. */
function originInCase(
  session: StoredSession,
  ordinal: number,
  isFirstOf: (file: string | undefined) => boolean,
): ReturnType<typeof originOf> {
  const origin = originOf(session);
  if (session.from !== 'case') return { ...origin, title: exportedSessionWords.numbered(ordinal + 1) };
  return {
    ...origin,
    title: exportTitle(session),
    earlier: isFirstOf(session.verification?.manifestHash) ? (origin.earlier ?? []) : [],
  };
}

async function prepareCase(
  vault: Vault,
  item: Case,
  { hasTexts, ...choice }: CaseChoice & { hasRecording?: boolean },
  scratch: ScratchStore,
  { signal, onProgress }: Job,
): Promise<PreparedCase> {
  const stored = await storedSessions(vault, item);
  const total = stored.reduce((sum, { facts }) => sum + facts.events, 0);
  const pseudonyms = createCasePseudonyms();
  const sessions: PreparedCase['sessions'] = [];
  let before = 0;
  for (const session of stored) {
    const prepared = await prepareStored(vault, session, { ...choice, pseudonyms }, scratch, {
      signal,
      onProgress: (progress) =>
        onProgress(progress.phase === 'redacting' ? { ...progress, done: before + progress.done, total } : progress),
    });
    sessions.push({ session, prepared });
    before += session.facts.events;
  }
  const { description, attachments } = item;
  const { texts, report } = redactCaseTexts(
    hasTexts ? { description, attachments } : { description: '', attachments: [] },
    choice.policy,
    sessions.map(({ prepared }) => prepared.entities),
    pseudonyms,
  );
  const known = sessions.map(({ prepared }) => prepared.entities);
  const mask = createOwnTextMask(choice.policy, known, pseudonyms);
  return { sessions, texts, mask, report: sessions.map(({ prepared }) => prepared.report).reduce(addReports, report) };
}

async function storedSessions(vault: Vault, { sessionIds }: Case): Promise<StoredSession[]> {
  const stored = new Map((await vault.list()).map((session) => [session.id, session]));
  const found = sessionIds.flatMap((id) => stored.get(id) ?? []);
  if (found.length === 0) throw new CasementError('case-empty');
  return found;
}
