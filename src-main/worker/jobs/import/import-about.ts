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
 * Creates a case from the contents of a case file and the sessions imported from it. It is a copy: the user's changes don't affect the
 * file. The case keeps a reference to the file as its origin.
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
