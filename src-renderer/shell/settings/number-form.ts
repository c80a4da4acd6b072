import { capBounds, thresholdBounds, type Caps, type TimelineThresholds } from '../../../src-main/contract/settings';

/** The unit in which a number is shown and typed, and its size in the stored unit. */
const unitSizes = {
  clicks: 1,
  pixels: 1,
  events: 1,
  files: 1,
  levels: 1,
  seconds: 1000,
  minutes: 60_000,
  kilobytes: 1024,
  megabytes: 1024 * 1024,
};
export type Unit = keyof typeof unitSizes;

interface NumberFormField<Name extends string> {
  name: Name;
  unit: Unit;
}

/** A group of numeric settings as text fields, in display order. */
export class NumberForm<Name extends string> {
  readonly fields: readonly NumberFormField<Name>[];

  constructor(
    units: Readonly<Record<Name, Unit>>,
    private readonly bounds: Readonly<Record<Name, { min: number; max: number }>>,
  ) {
    this.fields = (Object.keys(units) as Name[]).map((name) => ({ name, unit: units[name] }));
  }

  show(values: Readonly<Record<Name, number>>): Record<Name, string> {
    return this.map(({ name, unit }) => String(values[name] / unitSizes[unit]));
  }

  /** Returns the minimum and maximum of a field, in its unit. */
  boundsOf({ name, unit }: NumberFormField<Name>): { min: number; max: number } {
    const { min, max } = this.bounds[name];
    return { min: min / unitSizes[unit], max: max / unitSizes[unit] };
  }

  /** Returns the typed number, or undefined if it is invalid or out of bounds. */
  read({ name, unit }: NumberFormField<Name>, text: string): number | undefined {
    const typed = text.trim().replace(',', '.');
    if (!/^\d{1,9}(\.\d{1,3})?$/.test(typed)) return undefined;
    const value = Math.round(Number(typed) * unitSizes[unit] * 1000) / 1000;
    const { min, max } = this.bounds[name];
    return Number.isInteger(value) && value >= min && value <= max ? value : undefined;
  }

  /** Returns all numbers, or undefined if one is invalid. */
  readAll(texts: Readonly<Record<Name, string>>): Record<Name, number> | undefined {
    const values = this.map((field) => this.read(field, texts[field.name]));
    return Object.values(values).includes(undefined) ? undefined : (values as Record<Name, number>);
  }

  private map<T>(map: (field: NumberFormField<Name>) => T): Record<Name, T> {
    return Object.fromEntries(this.fields.map((field) => [field.name, map(field)])) as Record<Name, T>;
  }
}

export const thresholdForm = new NumberForm<keyof TimelineThresholds>(
  {
    rageClicks: 'clicks',
    rageWindowMs: 'seconds',
    rageDistancePx: 'pixels',
    deadClickMs: 'seconds',
    slowRequestMs: 'seconds',
    idleMs: 'seconds',
    gapMs: 'seconds',
  },
  thresholdBounds,
);

export const capForm = new NumberForm<keyof Caps>(
  {
    wireBytes: 'megabytes',
    inflatedBytes: 'megabytes',
    headerBytes: 'kilobytes',
    totalMs: 'minutes',
    events: 'events',
    eventBytes: 'megabytes',
    fieldBytes: 'megabytes',
    depth: 'levels',
    folderFiles: 'files',
    folderDepth: 'levels',
    folderBytes: 'megabytes',
  },
  capBounds,
);
