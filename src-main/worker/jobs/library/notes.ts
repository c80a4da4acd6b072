import { CasementError } from '../../../contract/errors';
import type { Note, NoteDraft } from '../../../contract/note';
import { Mutex } from '../../../contract/shared/mutex';
import type { Vault } from '../../../node/vault/vault';

/** The notes of a session, ordered by time. Changes run one after another, so none is lost. */
export class Notes {
  private readonly changes = new Mutex();

  constructor(private readonly makeId: () => string) {}

  add(vault: Vault, sessionId: string, draft: NoteDraft): Promise<Note> {
    const note: Note = { id: this.makeId(), ...draft };
    return this.change(vault, sessionId, (notes) => [[...notes, note], note]);
  }

  edit(vault: Vault, sessionId: string, id: string, draft: NoteDraft): Promise<Note> {
    return this.change(vault, sessionId, (notes) => {
      const old = findNote(notes, id);
      const note = { id, ...draft };
      return [notes.map((other) => (other === old ? note : other)), note];
    });
  }

  remove(vault: Vault, sessionId: string, id: string): Promise<void> {
    return this.change(vault, sessionId, (notes) => {
      const old = findNote(notes, id);
      return [notes.filter((other) => other !== old), undefined];
    });
  }

  private change<T>(vault: Vault, sessionId: string, step: (notes: Note[]) => [Note[], T]): Promise<T> {
    return this.changes.run(async () => {
      const [notes, result] = step(await vault.readNotes(sessionId));
      await vault.writeNotes(
        sessionId,
        notes.sort((a, b) => a.atMs - b.atMs),
      );
      return result;
    });
  }
}

function findNote(notes: readonly Note[], id: string): Note {
  const note = notes.find((candidate) => candidate.id === id);
  if (!note) throw new CasementError('note-unknown');
  return note;
}
