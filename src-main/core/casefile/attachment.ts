import * as v from 'valibot';
import { Attachment } from '../../contract/case';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';

/** A text that lies in a case file: its name, an empty line, the text. */
export interface CaseText {
  name: string;
  text: string;
}

const CaseText = v.strictObject({ name: Attachment.entries.name, text: Attachment.entries.text });

/** An entry's name is an ordinal, which says nothing of what is in it. */
export const attachmentPath = (ordinal: number): string => `attachments/a${ordinal + 1}.txt`;
export const isAttachmentPath = (path: string): boolean => /^attachments\/a\d{1,4}\.txt$/.test(path);

export function writeAttachment({ name, text }: CaseText): string {
  return `${name.replace(/\s+/g, ' ')}\n\n${text}\n`;
}

/** Errors: case-unreadable. */
export function readAttachment(bytes: Uint8Array, path: string): CaseText {
  const whole = new TextDecoder().decode(bytes);
  const end = whole.indexOf('\n\n');
  const parsed = v.safeParse(CaseText, { name: whole.slice(0, end), text: whole.slice(end + 2).replace(/\n$/, '') });
  if (end === -1 || !parsed.success) {
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.invalidEntry(path) });
  }
  return parsed.output;
}
