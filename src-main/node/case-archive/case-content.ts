import { mostAttachments } from '../../contract/case';
import type { CaseAbout } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { isAttachmentPath, readAttachment, type CaseText } from '../../core/casefile/attachment';
import type { OpenedCase } from './read-case';

/** The contents of an exported case other than its sessions. */
export interface CaseContent {
  title: string;
  about: CaseAbout;
  attachments: CaseText[];
}

/** Returns undefined if the file contains sessions but no case. Throws case-unreadable, case-changed. */
export async function readCaseContent(opened: OpenedCase): Promise<CaseContent | undefined> {
  const { title, about, resources } = opened.manifest;
  if (!about) return undefined;
  const paths = resources.map(({ path }) => path).filter(isAttachmentPath);
  if (paths.length > mostAttachments)
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.tooManyTexts });
  const attachments: CaseText[] = [];
  for (const path of paths) attachments.push(readAttachment(await opened.read(path), path));
  return { title, about, attachments };
}
