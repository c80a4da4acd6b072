import * as v from 'valibot';

/** Tags are the user's own words: one line, no comma, since lists of them are written with commas. */
export const NoteTag = v.pipe(v.string(), v.trim(), v.regex(/^[^,\p{C}]{1,40}$/u));
const mostTags = 12;

/** What the user writes of a moment or a stretch of a session. */
export const noteEntries = {
  /** Milliseconds since the recording's first event. */
  atMs: v.pipe(v.number(), v.minValue(0)),
  /** Of a note on a stretch: where that ends, ms, behind its beginning. */
  endMs: v.optional(v.number()),
  /** A moment to come back to; its text may be empty. */
  isBookmark: v.optional(v.literal(true)),
  text: v.pipe(v.string(), v.trim(), v.maxLength(4000)),
  /** How bad it is; absent for what is only worth knowing. */
  severity: v.optional(v.picklist(['warning', 'error'])),
  tags: v.optional(v.pipe(v.array(NoteTag), v.maxLength(mostTags))),
};

interface NoteShape {
  atMs: number;
  endMs?: number | undefined;
  isBookmark?: true | undefined;
  text: string;
}

/** Says something, unless it is a bookmark, and ends behind its beginning. */
export const isMeantNote = ({ atMs, endMs, isBookmark, text }: NoteShape): boolean =>
  (isBookmark === true || text !== '') && (endMs === undefined || endMs > atMs);

export const NoteDraft = v.pipe(
  v.strictObject(noteEntries),
  v.check((note) => isMeantNote(note)),
);
export type NoteDraft = v.InferOutput<typeof NoteDraft>;

/** A note or a bookmark of the user's on a session. */
export const Note = v.pipe(
  v.strictObject({ id: v.string(), ...noteEntries }),
  v.check((note) => isMeantNote(note)),
);
export type Note = v.InferOutput<typeof Note>;
