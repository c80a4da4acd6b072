import { thresholdBounds, type TimelineThresholds } from '../../../src-main/contract/settings';

type ThresholdName = keyof TimelineThresholds;

/** How a threshold is shown and typed: times in seconds, all else as it is. */
interface ThresholdField {
  name: ThresholdName;
  unit: 'clicks' | 'seconds' | 'pixels';
}

/** In the order of the form. */
export const thresholdFields: readonly ThresholdField[] = [
  { name: 'rageClicks', unit: 'clicks' },
  { name: 'rageWindowMs', unit: 'seconds' },
  { name: 'rageDistancePx', unit: 'pixels' },
  { name: 'deadClickMs', unit: 'seconds' },
  { name: 'slowRequestMs', unit: 'seconds' },
  { name: 'idleMs', unit: 'seconds' },
  { name: 'gapMs', unit: 'seconds' },
];

export type ThresholdTexts = Record<ThresholdName, string>;

const sizes: Record<ThresholdField['unit'], number> = { clicks: 1, seconds: 1000, pixels: 1 };

export function showThresholds(thresholds: TimelineThresholds): ThresholdTexts {
  return mapFields(({ name, unit }) => String(thresholds[name] / sizes[unit]));
}

/** The least and the most of a field, in its unit. */
export function boundsOf({ name, unit }: ThresholdField): { min: number; max: number } {
  const { min, max } = thresholdBounds[name];
  return { min: min / sizes[unit], max: max / sizes[unit] };
}

/** What was typed as a threshold; undefined where it is no number or out of bounds. */
export function readThreshold({ name, unit }: ThresholdField, text: string): number | undefined {
  const typed = text.trim().replace(',', '.');
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(typed)) return undefined;
  const value = Math.round(Number(typed) * sizes[unit] * 1000) / 1000;
  const { min, max } = thresholdBounds[name];
  return Number.isInteger(value) && value >= min && value <= max ? value : undefined;
}

/** All of them, or undefined while one is wrong. */
export function readThresholds(texts: ThresholdTexts): TimelineThresholds | undefined {
  const values = mapFields((field) => readThreshold(field, texts[field.name]));
  return Object.values(values).includes(undefined) ? undefined : (values as TimelineThresholds);
}

function mapFields<T>(map: (field: ThresholdField) => T): Record<ThresholdName, T> {
  return Object.fromEntries(thresholdFields.map((field) => [field.name, map(field)])) as Record<ThresholdName, T>;
}
