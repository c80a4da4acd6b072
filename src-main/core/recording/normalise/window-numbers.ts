/**
 * Windows get the lowest free numbers 1, 2, … in the order in which they appear: platforms name them by ids that say nothing to a
 * reader and may lead back to a user. A window that has a number keeps it, as long as no other has it, so that a recording which
 * Casement wrote comes back as it was.
 */
export class WindowNumbers {
  private readonly numbers: Map<string, string>;
  private readonly taken: Set<string>;
  private next = 1;

  /** `known` are those of an earlier reading of the same recording. */
  constructor(known: Readonly<Record<string, string>> = {}) {
    this.numbers = new Map(Object.entries(known));
    this.taken = new Set(this.numbers.values());
  }

  /** The number of each window so far, by the id that the recording gives it. */
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
