/** More properties than any real rule or element has. Further ones of a hostile recording are dropped. */
const propertyLimit = 1000;

interface Change<V> {
  /** Undefined if the property was removed. */
  value: V | undefined;
  /** It was removed at some time, so if it is set again, it comes after all earlier properties. */
  wasRemoved: boolean;
}

/**
 * Changes to single properties of a style: the last change of each property, in an order that gives a browser the same style as all
 * changes did. They are kept separately from the style's text. Only a browser knows their effect (shorthands, unsupported values), and
 * it has the same effect again if the browser gets the same text and the same changes.
 */
export class PropertyChanges<V> {
  private readonly changes = new Map<string, Change<V>>();

  /** Sets a property, or removes it if there is no value. Returns false if that changes nothing or exceeds the limit. */
  note(property: string, value: V | undefined): boolean {
    const known = this.changes.get(property);
    if (!known && this.changes.size >= propertyLimit) return false;
    const isFree = !this.hasRelated(property);
    if (known && isFree && known.value === value) return false;
    const change = { value, wasRemoved: value === undefined || (known?.wasRemoved ?? false) };
    // A property that is set again keeps its position, but a shorthand and its parts are in the order in which they were last set.
    if (known?.value === undefined || value === undefined || !isFree) this.changes.delete(property);
    this.changes.set(property, change);
    return true;
  }

  /** Returns the value of a property, null if it was removed, and undefined if it wasn't changed. */
  read(property: string): V | null | undefined {
    const change = this.changes.get(property);
    return change && (change.value ?? null);
  }

  /** Returns the properties to set, or with undefined to remove, in order. */
  steps(): [property: string, value: V | undefined][] {
    const steps: [string, V | undefined][] = [];
    for (const [property, { value, wasRemoved }] of this.changes) {
      if (wasRemoved) steps.push([property, undefined]);
      if (value !== undefined) steps.push([property, value]);
    }
    return steps;
  }

  /** Returns whether the property's shorthand or a part of it was changed too. It goes by the names, which is right for nearly all shorthands. */
  private hasRelated(property: string): boolean {
    for (const other of this.changes.keys()) if (isPartOf(property, other) || isPartOf(other, property)) return true;
    return false;
  }
}

function isPartOf(part: string, shorthand: string): boolean {
  return part.length > shorthand.length && part.charAt(shorthand.length) === '-' && part.startsWith(shorthand);
}
