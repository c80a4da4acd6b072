import type { RecordedEvent } from '../../contract/recorded-event';

export interface TypedValue {
  value: string;
  /** The number of the event with which typing it began. */
  since: number;
  /** Typed into a password field. */
  isSecret: boolean;
}

interface Field {
  last: string;
  since: number;
  isGrowing: boolean;
}

/** The most fields that are followed at once. */
const fieldsLimit = 50_000;

/** Collects the values typed into each field: each at its longest, including those that were deleted again. */
export class TypedValues {
  private readonly fields = new Map<string, Field>();
  private readonly passwords = new Set<string>();

  /** Returns the values that an input event completes, or undefined for any other event. */
  take(windowId: string, { type, data }: RecordedEvent, seq: number): TypedValue[] | undefined {
    if (type !== 3 || typeof data !== 'object' || data === null || !('source' in data) || data.source !== 5)
      return undefined;
    if (!('text' in data) || typeof data.text !== 'string' || !('id' in data)) return [];
    const key = `${windowId} ${String(data.id)}`;
    const field = this.fields.get(key);
    if (!field) {
      if (this.fields.size < fieldsLimit) this.fields.set(key, { last: data.text, since: seq, isGrowing: true });
      return [];
    }
    const hasGrown = data.text.length >= field.last.length && data.text.startsWith(field.last);
    const done = !hasGrown && field.isGrowing ? [this.describe(key, field)] : [];
    if (!hasGrown && !field.last.startsWith(data.text)) field.since = seq;
    field.isGrowing = hasGrown || !field.last.startsWith(data.text);
    field.last = data.text;
    return done;
  }

  /** Remembers the fields that hide what is typed. */
  notePassword(windowId: string, { id, attributes }: { id: unknown; attributes: unknown }): void {
    if (typeof attributes !== 'object' || attributes === null || !('type' in attributes)) return;
    if (attributes.type === 'password') this.passwords.add(`${windowId} ${String(id)}`);
  }

  finish(): TypedValue[] {
    return [...this.fields].map(([key, field]) => this.describe(key, field));
  }

  private describe(key: string, { last, since }: Field): TypedValue {
    return { value: last, since, isSecret: this.passwords.has(key) };
  }
}
