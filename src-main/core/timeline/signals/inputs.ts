import type { Emit } from '../draft';

/** Without focus events, a pause this long ends a stay in a field. */
const pauseMs = 5000;
/** A click changes a checkbox or a list at once, or after its list was opened. */
const clickReachMs = 2000;
/** What pages write into their fields right after they open is not the user's. */
const settleMs = 1000;
/** The recorder's number for a node that it hasn't numbered yet: a field that takes the focus as it appears. */
const unnumbered = -1;

/** Plain JSON, to go on later. */
export interface InputState {
  focusedId?: number | undefined;
  hasFocusEvents: boolean;
  filled: number[];
  clicked?: { id: number; at: number } | undefined;
  openedAt: number;
  told?: { id: number; at: number } | undefined;
}

/** Changes of fields by the user: one entry for each stay in a field, never what was typed. */
export class InputTrack {
  private focusedId: number | undefined;
  private hasFocusEvents: boolean;
  /** Fields written to while the focus is in an unnumbered one; the page fills each once when it appears. */
  private readonly filled: Set<number>;
  private clicked: { id: number; at: number } | undefined;
  private openedAt: number;
  private told: { id: number; at: number } | undefined;

  constructor(
    private readonly emit: Emit,
    saved: InputState = { hasFocusEvents: false, filled: [], openedAt: 0 },
  ) {
    this.focusedId = saved.focusedId;
    this.hasFocusEvents = saved.hasFocusEvents;
    this.filled = new Set(saved.filled);
    this.clicked = saved.clicked;
    this.openedAt = saved.openedAt;
    this.told = saved.told;
  }

  save(): InputState {
    const { focusedId, hasFocusEvents, filled, clicked, openedAt, told } = this;
    return { focusedId, hasFocusEvents, filled: [...filled], clicked, openedAt, told };
  }

  noteSnapshot(at: number): void {
    this.openedAt = at;
    this.focusedId = undefined;
    this.filled.clear();
    this.clicked = undefined;
    this.told = undefined;
  }

  noteFocus(id: number): void {
    this.hasFocusEvents = true;
    this.focusedId = id;
    this.filled.clear();
    if (this.told?.id !== id) this.told = undefined;
  }

  noteBlur(id: number): void {
    this.hasFocusEvents = true;
    if (this.focusedId === id) this.focusedId = undefined;
    if (this.told?.id === id) this.told = undefined;
  }

  noteClick(id: number, at: number): void {
    this.clicked = { id, at };
  }

  /** True when the user made the change. `describe` is asked for its sentence, once for each stay in the field. */
  add(id: number, userTriggered: unknown, at: number, describe: () => string): boolean {
    if (!this.isUsers(id, userTriggered, at)) return false;
    const isSameStay = this.told?.id === id && (this.focusedId === id || at - this.told.at <= pauseMs);
    this.told = { id, at };
    if (!isSameStay) this.emit({ at, kind: 'input', severity: 'info', text: describe(), nodeId: id });
    return true;
  }

  private isUsers(id: number, userTriggered: unknown, at: number): boolean {
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
