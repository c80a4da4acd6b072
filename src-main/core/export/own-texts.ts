import type { Note } from '../../contract/note';
import type { Policy } from '../../contract/policy';
import type { Entities } from '../redaction/entities';
import { createTextMask } from '../redaction/mask-text';
import { createPrivateValues } from '../redaction/private-values/private-values';
import type { Pseudonyms } from '../redaction/private-values/pseudonyms';
import { createAllowedWords } from '../redaction/allowed-words';
import { RedactionCounts } from '../redaction/redaction-counts';
import { mergeNotes } from '../timeline/notes';
import type { PreparedExport } from './prepare';

/** Masks private values in texts that the user wrote, and leaves everything else unchanged. */
export type OwnTextMask = (text: string) => string;

/** Returns a mask for the private values of these sessions, and for what detectors and the policy's patterns find. */
export function createOwnTextMask(
  policy: Policy,
  known: readonly Entities[],
  pseudonyms: Pseudonyms | undefined,
  counts = new RedactionCounts(),
): OwnTextMask {
  const entities = { values: known.flatMap(({ values }) => values), isFull: known.some(({ isFull }) => isFull) };
  const values = createPrivateValues(policy, { entities, pseudonyms, counts });
  const { found } = createTextMask(createAllowedWords(policy), values);
  return (text) => found(text);
}

/** Masks private values in the notes of a session. Only after the user agreed: nothing in them is masked silently. */
export function maskNotes(prepared: PreparedExport, mask: OwnTextMask): PreparedExport {
  const notes = prepared.notes.map((note): Note => {
    const { text, tags } = note;
    return { ...note, text: mask(text), ...(tags && { tags: tags.map((tag) => mask(tag)) }) };
  });
  const entries = prepared.entries.filter(({ kind }) => kind !== 'note');
  return { ...prepared, notes, entries: mergeNotes(entries, notes, prepared.startedAt) };
}
