/** Fields followed at once; the values of more are kept each by itself. */
const fieldsLimit = 50_000;

/**
 * What stood in each field at its longest: while a text only grows, the end holds its beginnings. When something is deleted, what was
 * there is one value, and what comes then another.
 */
export class ValueHistory<Key> {
  private readonly last = new Map<Key, { value: string; isGrowing: boolean }>();

  /** Values that are complete now. */
  next(key: Key, value: string): string[] {
    const field = this.last.get(key);
    if (!field) {
      if (this.last.size >= fieldsLimit) return [value];
      this.last.set(key, { value, isGrowing: true });
      return [];
    }
    const isSame = value.startsWith(field.value);
    const isShorter = field.value.startsWith(value);
    const done = !isSame && field.isGrowing ? [field.value] : [];
    // Deleting letter by letter leaves beginnings of what was there.
    field.isGrowing = isSame || !isShorter;
    field.value = value;
    return done;
  }

  finish(): [Key, string][] {
    return [...this.last].map(([key, { value }]) => [key, value]);
  }
}
