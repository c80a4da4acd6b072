import { timelineWords } from '../../../contract/words/timeline';
import type { DomModel, ModelNode } from '../../recording/model/dom-model';
import { NodeType } from '../../recording/events';
import { isFiniteNumber, isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import type { Emit } from '../draft';
import { toPlainLine } from '../../text/plain-line';
import { quote } from '../quote';

/** A selection grows while the pointer is dragged; it gets an entry after this time without a change. */
const settleMs = 1000;
const textLimit = 80;
/** The most nodes of a selection that are read. */
const nodeBudget = 200;

interface Range {
  start: number;
  startOffset: number;
  end: number;
  endOffset: number;
}

/** Plain JSON, to resume later. */
export interface SelectionState {
  pending?: { since: number; at: number; range: Range } | undefined;
}

/** Detects text that the user selected, never that of a field. A selection that is cleared at once was a click. */
export class SelectionTrack {
  private readonly state: SelectionState;

  constructor(
    private readonly emit: Emit,
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

  /** Returns true if text is selected. */
  add(data: JsonRecord, at: number): boolean {
    const range = readRange(listOf(data.ranges)[0]);
    this.state.pending = range && { since: this.state.pending?.since ?? at, at, range };
    return range !== undefined;
  }

  settle(now: number, model: DomModel): void {
    if (this.state.pending && now - this.state.pending.at >= settleMs) this.finish(model);
  }

  finish(model: DomModel): void {
    const { pending } = this.state;
    if (!pending) return;
    this.state.pending = undefined;
    const text = quote(readSelected(pending.range, model));
    this.emit({
      at: pending.since,
      kind: 'selection',
      severity: 'info',
      text: timelineWords.selected(text),
      nodeId: pending.range.start,
    });
  }
}

/** Reads a range that isn't empty. Offsets count characters in a text, children in an element. */
function readRange(value: unknown): Range | undefined {
  if (!isRecord(value)) return undefined;
  const { start, startOffset, end, endOffset } = value;
  if (!isNodeId(start) || !isNodeId(end) || !isFiniteNumber(startOffset) || !isFiniteNumber(endOffset))
    return undefined;
  return start === end && startOffset === endOffset ? undefined : { start, startOffset, end, endOffset };
}

function readSelected({ start, startOffset, end, endOffset }: Range, model: DomModel): string {
  const first = model.get(start);
  const last = model.get(end);
  if (first?.type !== NodeType.Text || !last || isTyped(first)) return '';
  if (first === last) return toPlainLine(first.text.slice(startOffset, endOffset), textLimit);
  const parts = [first.text.slice(startOffset)];
  let node = following(first);
  for (let count = 0; node && node !== last && count < nodeBudget; count++, node = following(node)) {
    if (node.type === NodeType.Text && !isTyped(node)) parts.push(node.text);
  }
  if (node === last && last.type === NodeType.Text && !isTyped(last)) parts.push(last.text.slice(0, endOffset));
  return toPlainLine(parts.join(' '), textLimit);
}

const typedTags: ReadonlySet<string> = new Set(['textarea', 'script', 'style']);

function isTyped(node: ModelNode): boolean {
  for (let next: ModelNode | undefined = node; next; next = next.parent) {
    const editable = next.attributes.get('contenteditable');
    if (typedTags.has(next.tag) || (editable !== undefined && editable !== 'false' && editable !== false)) return true;
  }
  return false;
}

/** Returns the next node in document order. */
function following(node: ModelNode): ModelNode | undefined {
  const [child] = node.children;
  if (child) return child;
  for (let next: ModelNode | undefined = node; next?.parent; next = next.parent) {
    const siblings: readonly ModelNode[] = next.parent.children;
    const sibling = siblings[siblings.indexOf(next) + 1];
    if (sibling) return sibling;
  }
  return undefined;
}
