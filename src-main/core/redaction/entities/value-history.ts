/** The number of fields that are tracked at most. Every value of a further field counts as complete. */
const fieldsLimit = 50_000;

/**
 * Returns the longest values of each field. While a text only grows, its final value contains all earlier ones. When the user deletes
 * something, the value before it is complete and a new one starts.
 */
export class ValueHistory<Key> {
  private readonly last = new Map<Key, { value: string; isGrowing: boolean }>();

  /** Notes a field's current value. Returns the values that are complete now. */
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
    // Deleting character by character only produces prefixes of a known value.
    field.isGrowing = isSame || !isShorter;
    field.value = value;
    return done;
  }

  finish(): [Key, string][] {
    return [...this.last].map(([key, { value }]) => [key, value]);
  }
}
