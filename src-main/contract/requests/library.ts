import * as v from 'valibot';
import { CasePreviewId, NoteId, PreviewId, SessionId } from '../ids';
import { Note, NoteDraft } from '../note';
import { StoredSession } from '../session';
import { TimelineEntry } from '../timeline';
import { empty } from './empty';

export const libraryRequests = {
  'library.list': { input: empty, output: v.array(StoredSession) },
  /** Hides the session. `library.restore` undoes it until Casement quits. */
  'library.remove': { input: v.strictObject({ id: SessionId }), output: empty },
  'library.restore': { input: v.strictObject({ id: SessionId }), output: StoredSession },

  /**
   * Returns the frame's origin; the data port follows by `window.postMessage`. A replay shows one tab of the user: `windowId`, or the
   * busiest one.
   */
  'replay.open': {
    input: v.strictObject({
      id: v.union([SessionId, PreviewId, CasePreviewId]),
      windowId: v.optional(v.pipe(v.string(), v.maxLength(200))),
    }),
    output: v.strictObject({ origin: v.string(), windowId: v.string() }),
  },
  'timeline.get': { input: v.strictObject({ id: SessionId }), output: v.array(TimelineEntry) },

  'note.list': { input: v.strictObject({ sessionId: SessionId }), output: v.array(Note) },
  'note.add': { input: v.strictObject({ sessionId: SessionId, note: NoteDraft }), output: Note },
  /** Replaces the complete note. */
  'note.change': { input: v.strictObject({ sessionId: SessionId, id: NoteId, note: NoteDraft }), output: Note },
  'note.remove': { input: v.strictObject({ sessionId: SessionId, id: NoteId }), output: empty },
} as const;
