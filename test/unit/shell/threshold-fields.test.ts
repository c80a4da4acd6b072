import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defaultThresholds, Settings, thresholdBounds } from '../../../src-main/contract/settings';
import {
  boundsOf,
  readThreshold,
  readThresholds,
  showThresholds,
  thresholdFields,
} from '../../../src-renderer/shell/logic/threshold-fields';

const field = (name: string) => {
  const found = thresholdFields.find((known) => known.name === name);
  if (!found) throw new Error(name);
  return found;
};

describe('the fields of the settings', () => {
  it('are one for each threshold, and give back what they show', () => {
    expect(thresholdFields.map(({ name }) => name).sort()).toEqual(Object.keys(defaultThresholds).sort());
    expect(showThresholds(defaultThresholds).deadClickMs).toBe('2.5');
    expect(readThresholds(showThresholds(defaultThresholds))).toEqual(defaultThresholds);
  });

  it('are read in seconds, with a comma too', () => {
    expect(readThreshold(field('idleMs'), ' 7,5 ')).toBe(7500);
    expect(readThreshold(field('rageClicks'), '4')).toBe(4);
  });

  it.each(['', 'x', '-3', '1e3', '2.5.1', '0x9', '999999999', '1.2345'])('take no “%s”', (text) => {
    expect(readThreshold(field('idleMs'), text)).toBeUndefined();
  });

  it('take whole clicks only, and nothing beyond their bounds', () => {
    expect(readThreshold(field('rageClicks'), '3.5')).toBeUndefined();
    for (const known of thresholdFields) {
      const { min, max } = boundsOf(known);
      expect(readThreshold(known, String(min))).toBe(thresholdBounds[known.name].min);
      expect(readThreshold(known, String(max))).toBe(thresholdBounds[known.name].max);
      expect(readThreshold(known, String(max + 1))).toBeUndefined();
      expect(readThreshold(known, '0')).toBeUndefined();
    }
  });

  it('are all right or not kept at all', () => {
    expect(readThresholds({ ...showThresholds(defaultThresholds), gapMs: 'soon' })).toBeUndefined();
  });
});

describe('settings', () => {
  it('of an older Casement get the defaults', () => {
    expect(v.parse(Settings, { theme: 'dark' })).toEqual({
      theme: 'dark',
      isOffline: false,
      timeline: defaultThresholds,
    });
  });

  it('refuse what is out of bounds, and what they don’t know', () => {
    expect(v.is(Settings, { timeline: { idleMs: 1 } })).toBe(false);
    expect(v.is(Settings, { timeline: { idleMs: Number.NaN } })).toBe(false);
    expect(v.is(Settings, { timeline: { rageClicks: 2.5 } })).toBe(false);
    expect(v.is(Settings, { timeline: { other: 1 } })).toBe(false);
  });
});
