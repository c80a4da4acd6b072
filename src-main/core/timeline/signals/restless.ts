import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';

/** The last mutations that are looked at, and how long ago they may be, ms. */
const remembered = 64;
const reachMs = 10_000;
/** A larger mutation is a page that changes, not a part of it that never rests. */
const smallChanges = 20;
/** A part of the page that changed so often by itself will change again. */
const oftenTimes = 3;

const nothing: readonly number[] = [];

/** Plain JSON, to go on later. */
export type RestlessState = { at: number; ids: number[] }[];

/**
 * Parts of the page that change all the time without the user: clocks, tickers, spinners. Their next change is no answer to a click.
 * Mutations are only kept here, and read when somebody clicks.
 */
export class RestlessNodes {
  private readonly times: number[];
  private readonly changes: (JsonRecord | readonly number[])[];
  private next: number;

  constructor(saved: RestlessState = []) {
    this.times = saved.map(({ at }) => at);
    this.changes = saved.map(({ ids }) => ids);
    this.next = saved.length % remembered;
  }

  save(): RestlessState {
    const ofOldest = this.times.length < remembered ? 0 : this.next;
    return this.times.map((_, index) => {
      const at = (ofOldest + index) % this.times.length;
      return { at: this.times[at] ?? 0, ids: readIds(this.changes[at]) };
    });
  }

  /** A mutation that comes after nothing that the user did. */
  note(mutation: JsonRecord, at: number): void {
    this.times[this.next] = at;
    this.changes[this.next] = mutation;
    this.next = (this.next + 1) % remembered;
  }

  /** The pointer was moved from a moment on: what has changed since may have followed it. */
  forgetSince(from: number): void {
    for (let count = 0; count < this.times.length; count++) {
      const index = (this.next - 1 - count + remembered) % remembered;
      if (!((this.times[index] ?? 0) >= from)) return;
      this.changes[index] = nothing;
    }
  }

  /** The nodes that never rest, as things stand at a moment. */
  find(now: number): Set<number> {
    const counts = new Map<number, number>();
    for (const [index, at] of this.times.entries()) {
      if (now - at > reachMs) continue;
      for (const id of new Set(readIds(this.changes[index]))) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return new Set([...counts].flatMap(([id, count]) => (count >= oftenTimes ? [id] : [])));
  }
}

/** The nodes whose text or attributes a small mutation changes, and those that get or lose a child. */
function readIds(change: JsonRecord | readonly number[] | undefined): number[] {
  if (!change) return [];
  if (!isRecord(change)) return [...change];
  const lists = [change.texts, change.attributes, change.adds, change.removes].map(listOf);
  if (lists.reduce((sum, { length }) => sum + length, 0) > smallChanges) return [];
  return lists.flatMap((list, index) => list.flatMap((item) => readId(item, index < 2 ? 'id' : 'parentId')));
}

function readId(item: unknown, field: 'id' | 'parentId'): number[] {
  const id = isRecord(item) ? item[field] : undefined;
  return isNodeId(id) ? [id] : [];
}
