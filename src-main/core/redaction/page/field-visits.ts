import { NodeType } from '../../recording/events';
import type { ModelNode } from '../../recording/model/dom-model';
import { search } from './fields';

/** More than this many elements around a field are a part of the page, not of the field. */
const surroundingsLimit = 40;
const surroundingsDepth = 3;
const bigTags: ReadonlySet<string> = new Set(
  'form body html main section article dialog table tbody tr ul ol nav'.split(' '),
);

/**
 * Visits to private fields of one page. Keystrokes tell lengths and rhythms, so what is typed is noted, and told once, when the field is
 * left: neither when nor how often something was typed shows then. While a visit lasts nothing changes in the field's surroundings.
 */
export class FieldVisits {
  private readonly typed = new Map<ModelNode, boolean | undefined>();
  private visited: ModelNode | undefined;
  private surroundings: ModelNode | undefined;
  /** Of each field, as they were at its first visit: how much a page adds to them while something is typed depends on what that is. */
  private readonly known = new WeakMap<ModelNode, ModelNode>();
  private readonly done = new Set<number>();
  private isQuiet = false;

  /** The field that is visited. */
  get current(): ModelNode | undefined {
    return this.visited;
  }

  /** A visit begins, or goes on; one to another field ends first, by `leave`. */
  enter(field: ModelNode): void {
    if (this.visited === field) return;
    this.visited = field;
    const before = this.known.get(field);
    this.surroundings = before && holds(before, field) ? before : surroundingsOf(field);
    this.known.set(field, this.surroundings);
    this.isQuiet = false;
    this.done.clear();
  }

  note(field: ModelNode, isUserTriggered: boolean | undefined): void {
    if (!this.visited) {
      // It is known by the typing that somebody is there; clicks from now on move the caret.
      this.enter(field);
      this.isQuiet = true;
    }
    if (!this.typed.has(field)) this.typed.set(field, isUserTriggered);
  }

  /** Whether this is the first time, in this visit, that something of this sort is done. */
  isFirst(sort: number): boolean {
    if (this.isQuiet || this.done.has(sort)) return false;
    this.done.add(sort);
    return true;
  }

  /** Ends all visits. Returns the fields that were typed into, in the order in which that began. */
  leave(): [field: ModelNode, isUserTriggered: boolean | undefined][] {
    const typed = [...this.typed];
    this.typed.clear();
    this.visited = this.surroundings = undefined;
    this.done.clear();
    return typed;
  }

  /** Does this node belong to what is right around the visited field? */
  isAround(node: ModelNode | undefined): boolean {
    return this.surroundings !== undefined && node !== undefined && holds(this.surroundings, node);
  }
}

function holds(outer: ModelNode, node: ModelNode): boolean {
  for (let at: ModelNode | undefined = node, depth = 0; at && depth < 1000; at = at.parent, depth++)
    if (at === outer) return true;
  return false;
}

/** The largest of the elements around a field that holds little else. */
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
