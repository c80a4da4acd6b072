import * as v from 'valibot';
import { Attachment } from '../../contract/case';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';

/** A text in a case file: its name, an empty line, the text. */
export interface CaseText {
  name: string;
  text: string;
}

const CaseText = v.strictObject({ name: Attachment.entries.name, text: Attachment.entries.text });

/** The path is a number, so that it reveals nothing about the text. */
export const attachmentPath = (ordinal: number): string => `attachments/a${ordinal + 1}.txt`;
export const isAttachmentPath = (path: string): boolean => /^attachments\/a\d{1,4}\.txt$/.test(path);

export function writeAttachment({ name, text }: CaseText): string {
  return `${name.replace(/\s+/g, ' ')}\n\n${text}\n`;
}

/** Throws `case-unreadable` if the entry is not an attachment. */
export function readAttachment(bytes: Uint8Array, path: string): CaseText {
  const content = new TextDecoder().decode(bytes);
  const end = content.indexOf('\n\n');
  const parsed = v.safeParse(CaseText, {
    name: content.slice(0, end),
    text: content.slice(end + 2).replace(/\n$/, ''),
  });
  if (end === -1 || !parsed.success) {
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.invalidEntry(path) });
  }
  return parsed.output;
}
