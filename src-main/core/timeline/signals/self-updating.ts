import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';

/** How many of the last mutations count, and how old they may be, ms. */
const remembered = 64;
const reachMs = 10_000;
/** A larger mutation changes the page, not only a part that updates itself. */
const smallChanges = 20;
/** A part of the page that changed this often without the user is expected to change again. */
const oftenTimes = 3;

const nothing: readonly number[] = [];

/** Plain JSON, to resume later. */
export type SelfUpdatingState = { at: number; ids: number[] }[];

/**
 * Parts of the page that change all the time without the user: clocks, tickers, spinners. Their next change is not a response to a click.
 * Mutations are only stored here, and read at the next click.
 */
export class SelfUpdatingNodes {
  private readonly times: number[];
  private readonly changes: (JsonRecord | readonly number[])[];
  private next: number;

  constructor(saved: SelfUpdatingState = []) {
    this.times = saved.map(({ at }) => at);
    this.changes = saved.map(({ ids }) => ids);
    this.next = saved.length % remembered;
  }

  save(): SelfUpdatingState {
    const ofOldest = this.times.length < remembered ? 0 : this.next;
    return this.times.map((_, index) => {
      const at = (ofOldest + index) % this.times.length;
      return { at: this.times[at] ?? 0, ids: readIds(this.changes[at]) };
    });
  }

  /** Notes a mutation that does not follow an action of the user. */
  note(mutation: JsonRecord, at: number): void {
    this.times[this.next] = at;
    this.changes[this.next] = mutation;
    this.next = (this.next + 1) % remembered;
  }

  /** Forgets the changes since `from`, ms: the pointer has moved since then, and they may be effects of it. */
  forgetSince(from: number): void {
    for (let count = 0; count < this.times.length; count++) {
      const index = (this.next - 1 - count + remembered) % remembered;
      if (!((this.times[index] ?? 0) >= from)) return;
      this.changes[index] = nothing;
    }
  }

  /**
   * Returns the ids of the nodes whose text or attributes update themselves, and the negative ids (`childrenOf`) of those whose children
   * do, at `now`, ms.
   */
  find(now: number): Set<number> {
    const counts = new Map<number, number>();
    for (const [index, at] of this.times.entries()) {
      if (now - at > reachMs) continue;
      for (const id of new Set(readIds(this.changes[index]))) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return new Set([...counts].flatMap(([id, count]) => (count >= oftenTimes ? [id] : [])));
  }
}

/** Returns the key of the list of children of a node, which changes apart from its attributes. */
export function childrenOf(id: unknown): unknown {
  return typeof id === 'number' ? -id : id;
}

/** Returns the nodes whose text or attributes a small mutation changes, and the keys of those that get or lose a child. */
function readIds(change: JsonRecord | readonly number[] | undefined): number[] {
  if (!change) return [];
  if (!isRecord(change)) return [...change];
  const lists = [change.texts, change.attributes, change.adds, change.removes].map(listOf);
  if (lists.reduce((sum, { length }) => sum + length, 0) > smallChanges) return [];
  return lists.flatMap((list, index) => list.flatMap((item) => readId(item, index < 2 ? 'id' : 'parentId')));
}

function readId(item: unknown, field: 'id' | 'parentId'): number[] {
  const id = isRecord(item) ? item[field] : undefined;
  if (!isNodeId(id)) return [];
  return [field === 'id' ? id : -id];
}
