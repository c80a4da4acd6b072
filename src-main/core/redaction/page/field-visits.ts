import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import { search } from './fields';

/** An element with more descendants belongs to the page, not to the field. */
const surroundingsLimit = 40;
const surroundingsDepth = 3;
/** The last calls that a page makes for keys arrive after the user has left the field, ms. */
const echoMs = 5000;
const bigTags: ReadonlySet<string> = new Set(
  'form body html main section article dialog table tbody tr ul ol nav'.split(' '),
);

/**
 * Visits to the private fields of one page. Keystrokes reveal lengths and rhythms, so typing is noted and reported once, when the user leaves
 * the field. The export then shows neither when nor how often something was typed. During a visit the field's surroundings don't change.
 */
export class FieldVisits {
  private readonly typed = new Map<ModelNode, boolean | undefined>();
  private visited: ModelNode | undefined;
  private surroundings: ModelNode | undefined;
  /** Each field's surroundings at its first visit: how much a page adds to them later depends on the typed text. */
  private readonly known = new WeakMap<ModelNode, ModelNode>();
  private readonly done = new Set<number>();
  private isQuiet = false;
  private begun = 0;
  /** When the input of the current or the last visit began and when the visit ended, ms. */
  private inputAt: number | undefined;
  private leftAt: number | undefined;
  private readonly echoes = new Set<string>();
  /** The time of the event that is being read, ms. */
  now = 0;

  /** The visited field. */
  get current(): ModelNode | undefined {
    return this.visited;
  }

  /** The number of visits so far, which identifies the current one. */
  get count(): number {
    return this.begun;
  }

  /** Starts or continues a visit. Call `leave` before a visit to another field. */
  enter(field: ModelNode): void {
    if (this.visited === field) return;
    this.visited = field;
    this.begun++;
    const before = this.known.get(field);
    this.surroundings = before && holds(before, field) ? before : surroundingsOf(field);
    this.known.set(field, this.surroundings);
    this.isQuiet = false;
    this.done.clear();
  }

  note(field: ModelNode, isUserTriggered: boolean | undefined): void {
    if (!this.visited) {
      // Typing without a recorded focus: clicks from now on only move the caret.
      this.enter(field);
      this.isQuiet = true;
    }
    if (!this.typed.has(field)) {
      if (this.typed.size === 0) this.beginInput();
      this.typed.set(field, isUserTriggered);
    }
  }

  /** Notes that the user enters something from now on: types, presses keys or draws. */
  beginInput(): void {
    if (this.inputAt !== undefined && this.leftAt === undefined) return;
    this.inputAt = this.now;
    this.leftAt = undefined;
    this.echoes.clear();
  }

  /**
   * Returns whether a call, a message or an event at this time may be one of many that the page makes for each key: `first` of its kind in
   * the visit or `repeated`. Undefined at other times. After the visit only kinds that it contained are such; a button may make others.
   */
  echo(kind: string, at: number): 'first' | 'repeated' | undefined {
    const { inputAt, leftAt } = this;
    if (inputAt === undefined || at < inputAt || at > (leftAt ?? Infinity) + echoMs) return undefined;
    if (this.echoes.has(kind)) return 'repeated';
    if (leftAt !== undefined && at > leftAt) return undefined;
    this.echoes.add(kind);
    return 'first';
  }

  /** Returns whether the user has typed into the field with this id during the visit. */
  hasTyped(id: number): boolean {
    for (const field of this.typed.keys()) if (field.id === id) return true;
    return false;
  }

  /** Returns whether this is the first interaction of this type in the visit. */
  isFirst(sort: number): boolean {
    if (this.isQuiet || this.done.has(sort)) return false;
    this.done.add(sort);
    return true;
  }

  /** Ends the visit. Returns the fields that were typed into, in the order of their first typing. */
  leave(): [field: ModelNode, isUserTriggered: boolean | undefined][] {
    const typed = [...this.typed];
    this.typed.clear();
    if (this.visited && this.inputAt !== undefined) this.leftAt ??= this.now;
    this.visited = this.surroundings = undefined;
    this.done.clear();
    return typed;
  }

  /** Returns whether this node is part of the visited field's surroundings. */
  isAround(node: ModelNode | undefined): boolean {
    return this.surroundings !== undefined && node !== undefined && holds(this.surroundings, node);
  }
}

function holds(outer: ModelNode, node: ModelNode): boolean {
  for (let at: ModelNode | undefined = node, depth = 0; at && depth < 1000; at = at.parent, depth++)
    if (at === outer) return true;
  return false;
}

/** Returns the largest ancestor of a field that contains little else. */
function surroundingsOf(field: ModelNode): ModelNode {
  let around = field;
  for (let depth = 0; depth < surroundingsDepth; depth++) {
    const { parent } = around;
    if (parent?.type !== NodeType.Element || bigTags.has(parent.tag)) break;
    if (search(parent, () => true, surroundingsLimit + 1).length > surroundingsLimit) break;
    around = parent;
  }
  return around;
}
