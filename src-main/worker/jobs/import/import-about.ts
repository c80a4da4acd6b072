import * as v from 'valibot';
import { mostSessions, type Case } from '../../../contract/case';
import { CaseId, AttachmentId } from '../../../contract/ids';
import type { CaseVerification, StoredSession } from '../../../contract/session';
import { exportedSessionWords } from '../../../contract/words/timeline';
import { toPlainLine } from '../../../core/text/plain-line';
import type { CaseContent } from '../../../node/case-archive/case-content';
import { makeId } from '../../../node/make-id';
import type { Vault } from '../../../node/vault/vault';

/**
 * Makes a case of what a case file says, with the sessions that were imported from it. It is a copy: what the user changes of it changes
 * nothing in the file, and it keeps saying from which file it came.
 */
export async function keepCase(
  { cases }: Pick<Vault, 'cases'>,
  { about, attachments }: CaseContent,
  sessions: readonly StoredSession[],
  { title, createdAt, manifestHash, signer }: CaseVerification,
  now: number,
): Promise<Case> {
  const kept: Case = {
    id: v.parse(CaseId, makeId('case')),
    title: toPlainLine(title, 200) || exportedSessionWords.single,
    ...about,
    isArchived: false,
    sessionIds: sessions.slice(0, mostSessions).map(({ id }) => id),
    attachments: attachments.map((text) => ({ id: v.parse(AttachmentId, makeId('a')), ...text, addedAt: now })),
    origin: { manifestHash, madeAt: createdAt, ...(signer && { signer }) },
    createdAt: now,
    changedAt: now,
  };
  await cases.write(kept);
  return kept;
}
