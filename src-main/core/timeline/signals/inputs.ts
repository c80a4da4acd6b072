import type { Emit, Subject } from '../draft';

/** Without focus events, a pause this long ends the editing of a field. */
const pauseMs = 5000;
/** A click changes a checkbox at once, and a list box after it was opened. */
const clickReachMs = 2000;
/** Pages fill their own fields within this time after they open. */
const settleMs = 1000;
/** The recorder's id for a node that has no id yet: a field that gets the focus as it appears. */
const unnumbered = -1;

/** Plain JSON, to resume later. */
export interface InputState {
  focusedId?: number | undefined;
  hasFocusEvents: boolean;
  filled: number[];
  clicked?: { id: number; at: number } | undefined;
  openedAt: number;
  /** The last change with an entry. Stored under this name in vaults, so it can't be renamed. */
  told?: { id: number; at: number } | undefined;
}

/** Emits one entry for each time the user edits a field, never the typed text. */
export class InputTrack {
  private focusedId: number | undefined;
  private hasFocusEvents: boolean;
  /** Fields that changed while the focus is in a field without an id; the page fills each once when it appears. */
  private readonly filled: Set<number>;
  private clicked: { id: number; at: number } | undefined;
  private openedAt: number;
  private reported: { id: number; at: number } | undefined;

  constructor(
    private readonly emit: Emit,
    saved: InputState = { hasFocusEvents: false, filled: [], openedAt: 0 },
  ) {
    this.focusedId = saved.focusedId;
    this.hasFocusEvents = saved.hasFocusEvents;
    this.filled = new Set(saved.filled);
    this.clicked = saved.clicked;
    this.openedAt = saved.openedAt;
    this.reported = saved.told;
  }

  save(): InputState {
    const { focusedId, hasFocusEvents, filled, clicked, openedAt, reported } = this;
    return { focusedId, hasFocusEvents, filled: [...filled], clicked, openedAt, told: reported };
  }

  noteSnapshot(at: number): void {
    this.openedAt = at;
    this.focusedId = undefined;
    this.filled.clear();
    this.clicked = undefined;
    this.reported = undefined;
  }

  noteFocus(id: number): void {
    this.hasFocusEvents = true;
    this.focusedId = id;
    this.filled.clear();
    if (this.reported?.id !== id) this.reported = undefined;
  }

  noteBlur(id: number): void {
    this.hasFocusEvents = true;
    if (this.focusedId === id) this.focusedId = undefined;
    if (this.reported?.id === id) this.reported = undefined;
  }

  noteClick(id: number, at: number): void {
    this.clicked = { id, at };
  }

  /** Returns true if the user made the change. `describe` returns the changed field. */
  add(id: number, userTriggered: unknown, at: number, describe: () => Subject): boolean {
    if (!this.isByUser(id, userTriggered, at)) return false;
    const isSameEdit = this.reported?.id === id && (this.focusedId === id || at - this.reported.at <= pauseMs);
    this.reported = { id, at };
    if (!isSameEdit) this.emit({ at, kind: 'input', severity: 'info', verb: 'changed', ...describe() });
    return true;
  }

  private isByUser(id: number, userTriggered: unknown, at: number): boolean {
    if (typeof userTriggered === 'boolean') return userTriggered;
    if (this.focusedId === id) return true;
    if (this.focusedId === unnumbered && this.filled.has(id)) {
      this.focusedId = id;
      return true;
    }
    this.filled.add(id);
    if (this.clicked?.id === id && at - this.clicked.at <= clickReachMs) return true;
    return !this.hasFocusEvents && at - this.openedAt > settleMs;
  }
}
