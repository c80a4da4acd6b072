/**
 * Assigns the lowest free numbers 1, 2, … to windows in the order in which they appear, because the ids of platforms mean nothing to a
 * reader and may identify a user. A window whose id is already a free number keeps it, so that a recording written by Casement is read
 * back unchanged.
 */
export class WindowNumbers {
  private readonly numbers: Map<string, string>;
  private readonly taken: Set<string>;
  private next = 1;

  /** @param known  the numbers of an earlier pass over the same recording */
  constructor(known: Readonly<Record<string, string>> = {}) {
    this.numbers = new Map(Object.entries(known));
    this.taken = new Set(this.numbers.values());
  }

  /** The number of each window so far, by its id in the recording. */
  list(): Record<string, string> {
    return Object.fromEntries(this.numbers);
  }

  of(windowId: string): string {
    return this.numbers.get(windowId) ?? this.assign(windowId);
  }

  private assign(windowId: string): string {
    const number = /^[1-9]\d{0,3}$/.test(windowId) && !this.taken.has(windowId) ? windowId : this.lowestFree();
    this.numbers.set(windowId, number);
    this.taken.add(number);
    return number;
  }

  private lowestFree(): string {
    while (this.taken.has(String(this.next))) this.next++;
    return String(this.next);
  }
}
