import type { Note } from '../../contract/note';
import type { Policy, RedactionReport } from '../../contract/policy';
import type { TimelineEntry } from '../../contract/timeline';
import type { Entities } from '../redaction/entities';
import { createTextMask } from '../redaction/mask-text';
import { createPrivateValues } from '../redaction/private-values/private-values';
import type { Pseudonyms } from '../redaction/private-values/pseudonyms';
import { createAllowedWords } from '../redaction/allowed-words';
import { RedactionCounts } from '../redaction/redaction-counts';
import { mergeNotes } from '../timeline/notes';

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

/** A session that is ready for export, as far as notes are concerned. */
interface NotedSession {
  readonly report: RedactionReport;
  readonly entries: TimelineEntry[];
  readonly startedAt: number | null;
  readonly entities: Entities;
  readonly notes: readonly Note[];
}

/** Adds the user's notes to a session that was prepared without them, and masks private values in them and in their tags. */
export function withMaskedNotes<Prepared extends NotedSession>(
  prepared: Prepared,
  written: readonly Note[],
  policy: Policy,
  pseudonyms: Pseudonyms | undefined,
): Prepared {
  if (written.length === 0) return prepared;
  const mask = createOwnTextMask(policy, [prepared.entities], pseudonyms);
  let hidden = 0;
  const hide = (text: string): string => {
    const shown = mask(text);
    if (shown !== text) hidden++;
    return shown;
  };
  const notes = written.map((note): Note => {
    const { text, tags } = note;
    return { ...note, text: hide(text), ...(tags && { tags: tags.map(hide) }) };
  });
  const { report, entries, startedAt } = prepared;
  const masked = { ...report.masked, 'case-text': (report.masked['case-text'] ?? 0) + hidden };
  return {
    ...prepared,
    report: hidden === 0 ? report : { ...report, masked },
    entries: mergeNotes(entries, notes, startedAt),
    notes: notes.sort((one, other) => one.atMs - other.atMs),
  };
}
