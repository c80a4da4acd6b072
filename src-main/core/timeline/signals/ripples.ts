import type { DomModel } from '../../recording/model/dom-model';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';

/** The most nodes that are remembered until they are removed. */
const remembered = 64;
/** Class names that component libraries give to the circles that they draw under the pointer. */
const rippleName =
  /^(q-ripple|waves-ripple|ripple|p-ink)$|ripple(__|-|_)(element|ripple|child|container|inner|animation|effect|wave)/i;
const mayBeRipple = /ripple|p-ink/i;

/**
 * Removes from mutations the ripples that component libraries draw at each press, whether or not anything responds to it.
 */
export class Ripples {
  private readonly ids: Set<number>;

  constructor(saved: readonly number[] = []) {
    this.ids = new Set(saved);
  }

  save(): number[] {
    return [...this.ids];
  }

  /** The mutation was already applied to the model. */
  removeFrom(mutation: JsonRecord, model: DomModel): JsonRecord {
    if (this.ids.size === 0 && !listOf(mutation.adds).some(isAddedRipple)) return mutation;
    const adds = listOf(mutation.adds).filter((add) => !this.isAdded(add));
    const removes = listOf(mutation.removes).filter((item) => !(isRecord(item) && this.ids.delete(item.id as number)));
    const attributes = listOf(mutation.attributes).filter((item) => !(isRecord(item) && this.isPart(item.id, model)));
    return { ...mutation, adds, removes, attributes };
  }

  private isAdded(add: unknown): boolean {
    if (!isRecord(add) || !isRecord(add.node) || !isNodeId(add.node.id)) return false;
    if (!this.ids.has(add.parentId as number) && !isRipple(add.node)) return false;
    if (this.ids.size < remembered) this.ids.add(add.node.id);
    return true;
  }

  private isPart(id: unknown, model: DomModel): boolean {
    if (!isNodeId(id)) return false;
    return this.ids.has(id) || this.ids.has(model.get(id)?.parent?.id ?? -1);
  }
}

function isAddedRipple(add: unknown): boolean {
  return isRecord(add) && isRecord(add.node) && isRipple(add.node);
}

function isRipple({ attributes }: JsonRecord): boolean {
  const names = isRecord(attributes) ? attributes.class : undefined;
  // Splitting into names is only worth it for the few values in which one of the names may be.
  if (typeof names !== 'string' || !mayBeRipple.test(names)) return false;
  return names.split(/\s+/).some((name) => rippleName.test(name));
}
