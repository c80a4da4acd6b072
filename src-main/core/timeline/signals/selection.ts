import type { DomModel } from '../../recording/model/dom-model';
import { isFiniteNumber, isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { quotesOf, type Emit } from '../draft';
import type { PageReader } from '../names/page-reader';
import type { TextRange } from '../names/selected-text';

/** A selection grows while the pointer is dragged; it gets an entry after this time without a change. */
const settleMs = 1000;

/** Plain JSON, to resume later. */
export interface SelectionState {
  pending?: { since: number; at: number; range: TextRange } | undefined;
  /** True while text is selected. Absent in states stored by earlier versions. */
  isSelected?: boolean | undefined;
}

/** Detects text that the user selected, never that of a field. A selection that is cleared at once was a click. */
export class SelectionTrack {
  private readonly state: SelectionState;

  constructor(
    private readonly emit: Emit,
    private readonly pages: PageReader,
    saved: SelectionState = {},
  ) {
    this.state = saved;
  }

  save(): SelectionState {
    return this.state;
  }

  get isWaiting(): boolean {
    return this.state.pending !== undefined;
  }

  get openSince(): number | undefined {
    return this.state.pending?.since;
  }

  /** Returns what happened to the selection on the page. Undefined if nothing was and is selected, or if it is in a private element. */
  add(data: JsonRecord, at: number, model: DomModel): 'made' | 'cleared' | undefined {
    const range = readRange(listOf(data.ranges)[0]);
    const wasSelected = this.state.isSelected === true;
    const isPrivate = range !== undefined && [range.start, range.end].some((id) => this.pages.isPrivate(model.get(id)));
    this.state.isSelected = range !== undefined && !isPrivate;
    this.state.pending = range && { since: this.state.pending?.since ?? at, at, range };
    if (isPrivate) return undefined;
    if (range) return 'made';
    return wasSelected ? 'cleared' : undefined;
  }

  settle(now: number, model: DomModel): void {
    if (this.state.pending && now - this.state.pending.at >= settleMs) this.finish(model);
  }

  finish(model: DomModel): void {
    const { pending } = this.state;
    if (!pending) return;
    this.state.pending = undefined;
    const { quotes, privacy } = this.pages.selection(pending.range, model);
    this.emit({
      at: pending.since,
      kind: 'selection',
      severity: 'info',
      verb: 'selected',
      nodeId: pending.range.start,
      quotes: quotes && quotesOf(quotes),
      privacy,
    });
  }
}

/** Reads a range that isn't empty. Offsets count characters in a text, children in an element. */
function readRange(value: unknown): TextRange | undefined {
  if (!isRecord(value)) return undefined;
  const { start, startOffset, end, endOffset } = value;
  if (!isNodeId(start) || !isNodeId(end) || !isFiniteNumber(startOffset) || !isFiniteNumber(endOffset))
    return undefined;
  return start === end && startOffset === endOffset ? undefined : { start, startOffset, end, endOffset };
}
