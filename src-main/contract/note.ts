import * as v from 'valibot';

/** A tag of the user's: one line, without commas, which separate tags in a list. */
export const NoteTag = v.pipe(v.string(), v.trim(), v.regex(/^[^,\p{C}]{1,40}$/u));
const mostTags = 12;

/** The fields of a note on a moment or an interval of a session. */
export const noteFields = {
  /** Milliseconds since the recording's first event. */
  atMs: v.pipe(v.number(), v.minValue(0)),
  /** The end of a note on an interval: ms since the recording's first event, later than `atMs`. */
  endMs: v.optional(v.number()),
  /** The text of a bookmark may be empty. */
  isBookmark: v.optional(v.literal(true)),
  text: v.pipe(v.string(), v.trim(), v.maxLength(4000)),
  /** Absent for a note that is only informative. */
  severity: v.optional(v.picklist(['warning', 'error'])),
  tags: v.optional(v.pipe(v.array(NoteTag), v.maxLength(mostTags))),
};

interface NoteShape {
  atMs: number;
  endMs?: number | undefined;
  isBookmark?: true | undefined;
  text: string;
}

/** Returns true if the note has a text or is a bookmark, and doesn't end before it starts. */
export const isValidNote = ({ atMs, endMs, isBookmark, text }: NoteShape): boolean =>
  (isBookmark === true || text !== '') && (endMs === undefined || endMs > atMs);

export const NoteDraft = v.pipe(
  v.strictObject(noteFields),
  v.check((note) => isValidNote(note)),
);
export type NoteDraft = v.InferOutput<typeof NoteDraft>;

/** A note or a bookmark that the user added to a session. */
export const Note = v.pipe(
  v.strictObject({ id: v.string(), ...noteFields }),
  v.check((note) => isValidNote(note)),
);
export type Note = v.InferOutput<typeof Note>;
