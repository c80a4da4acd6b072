import { basename } from 'node:path';
import type { Case } from '../../../contract/case';
import { CasementError } from '../../../contract/errors';
import type { RedactionReport } from '../../../contract/policy';
import type { StoredSession } from '../../../contract/session';
import type { TimelineEntry } from '../../../contract/timeline';
import { exportedSessionWords } from '../../../contract/words/timeline';
import type { ExportFacts } from '../../../core/export/artifact';
import { redactCaseTexts, type CaseTexts } from '../../../core/export/case-texts';
import { addReports, joinPrepared } from '../../../core/export/join';
import type { PreparedExport } from '../../../core/export/prepare';
import type { ReplayTemplate } from '../../../core/export/replay-template';
import type { ScratchStore } from '../../../core/recording/normalise/normalise';
import { createCasePseudonyms } from '../../../node/export/case-pseudonyms';
import { writeCaseFile, type WrittenFile } from '../../../node/export/write-export';
import type { Vault } from '../../../node/vault/vault';
import { exportTitle, originOf, prepareStored, sealingOf, type Choice, type ExportTarget } from './exports';
import { withScratch } from '../import/import-recording';
import type { Job } from '../job';

interface CaseChoice extends Choice {
  /** Include the description and the attached texts, redacted like the sessions. */
  hasTexts: boolean;
}

type CaseTarget = CaseChoice &
  Omit<ExportTarget, 'format' | 'print' | 'readTemplate'> & {
    /** The template of the replay page in the case file. */
    template: ReplayTemplate;
  };

interface PreparedCase {
  sessions: { session: StoredSession; prepared: PreparedExport }[];
  texts: CaseTexts;
  /** The combined report of the texts and all sessions. */
  report: RedactionReport;
}

/**
 * Returns the redacted timeline of a case, ordered by wall-clock time. Skips sessions that are no longer in the library, and sessions that
 * only have a timeline. Throws case-empty, and the errors of `prepareStored`.
 */
export function previewCase(
  vault: Vault,
  item: Case,
  choice: CaseChoice,
  job: Job,
): Promise<{ entries: TimelineEntry[]; report: RedactionReport }> {
  return withScratch(vault, async (scratch) => {
    const { sessions, report } = await prepareCase(vault, item, choice, scratch, job);
    return { entries: joinPrepared(sessions.map(({ prepared }) => prepared)).entries, report };
  });
}

/** Redacts, checks and writes a complete case as one case file. Throws the errors of `previewCase`, leak-refused, disk-*. */
export function exportCase(
  vault: Vault,
  item: Case,
  target: CaseTarget,
  made: Pick<ExportFacts, 'software' | 'generatedAt'>,
  job: Job,
): Promise<WrittenFile> {
  return withScratch(vault, async (scratch) => {
    const { sessions, texts } = await prepareCase(vault, item, target, scratch, job);
    const { path, policy, template } = target;
    const { title, status, severity, owner, tags } = item;
    job.onProgress({ phase: 'checking', done: 0, total: 0 });
    const parents = new Set(sessions.map(({ session }) => session.verification?.manifestHash));
    const [parentCase] = parents.size === 1 ? parents : [];
    const seen = new Set<string | undefined>();
    const isFirstOf = (file: string | undefined): boolean => seen.size !== seen.add(file).size;
    return writeCaseFile({
      path,
      fileName: basename(path),
      facts: { ...made, title, policy: policy.name },
      signal: job.signal,
      policy,
      template,
      sessions: sessions.map(({ session, prepared }, ordinal) => ({
        prepared,
        origin: originInCase(session, ordinal, isFirstOf),
      })),
      about: { description: texts.description, status, severity, owner, tags },
      attachments: texts.attachments,
      parentCase,
      ...sealingOf(target),
    });
  });
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
  { hasTexts, ...choice }: CaseChoice,
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
  return { sessions, texts, report: sessions.map(({ prepared }) => prepared.report).reduce(addReports, report) };
}

async function storedSessions(vault: Vault, { sessionIds }: Case): Promise<StoredSession[]> {
  const stored = new Map((await vault.list()).map((session) => [session.id, session]));
  const found = sessionIds.flatMap((id) => stored.get(id) ?? []).filter(({ isTimelineOnly }) => !isTimelineOnly);
  if (found.length === 0) throw new CasementError('case-empty');
  return found;
}
