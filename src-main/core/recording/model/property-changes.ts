/** No rule and no element has more properties than this; a hostile one is not kept whole. */
const propertyLimit = 1000;

interface Change<V> {
  /** Undefined where the property is gone. */
  value: V | undefined;
  /** It was taken away at some time, so when it is set it stands behind all that was there before. */
  wasRemoved: boolean;
}

/**
 * Changes to single properties of a style: each property's last, in an order that leaves a browser with the same style as all changes
 * did. They are kept beside the style's text and not folded into it. What a browser makes of them (shorthands, values that it
 * doesn't know) only a browser can say, and it says it again when it is given the same text and the same changes.
 */
export class PropertyChanges<V> {
  private readonly changes = new Map<string, Change<V>>();

  /** Sets a property, or takes it away where there is no value. False when that changes nothing, or is one too many. */
  note(property: string, value: V | undefined): boolean {
    const known = this.changes.get(property);
    if (!known && this.changes.size >= propertyLimit) return false;
    const isFree = !this.hasRelated(property);
    if (known && isFree && known.value === value) return false;
    const change = { value, wasRemoved: value === undefined || (known?.wasRemoved ?? false) };
    // A property set again keeps its place, but a shorthand and its parts stand in the order in which they were last set.
    if (known?.value === undefined || value === undefined || !isFree) this.changes.delete(property);
    this.changes.set(property, change);
    return true;
  }

  /** The value that a property was given, null where it was taken away, undefined where nothing touched it. */
  read(property: string): V | null | undefined {
    const change = this.changes.get(property);
    return change && (change.value ?? null);
  }

  /** What to set, and with undefined what to take away, in order. */
  steps(): [property: string, value: V | undefined][] {
    const steps: [string, V | undefined][] = [];
    for (const [property, { value, wasRemoved }] of this.changes) {
      if (wasRemoved) steps.push([property, undefined]);
      if (value !== undefined) steps.push([property, value]);
    }
    return steps;
  }

  /** Was the property's shorthand changed too, or a part of it? Told by the names, which is true of nearly all shorthands. */
  private hasRelated(property: string): boolean {
    for (const other of this.changes.keys()) if (isPartOf(property, other) || isPartOf(other, property)) return true;
    return false;
  }
}

function isPartOf(part: string, whole: string): boolean {
  return part.length > whole.length && part.charAt(whole.length) === '-' && part.startsWith(whole);
}
