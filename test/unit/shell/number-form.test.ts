import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { capBounds, defaultCaps, defaultThresholds, Settings } from '../../../src-main/contract/settings';
import { capForm, thresholdForm, type NumberForm } from '../../../src-renderer/shell/settings/number-form';

function fieldOf<Name extends string>(form: NumberForm<Name>, name: Name) {
  const found = form.fields.find((known) => known.name === name);
  if (!found) throw new Error(name);
  return found;
}

describe('the fields of the settings', () => {
  const forms: [string, NumberForm<string>, Record<string, number>][] = [
    ['the timeline', thresholdForm, defaultThresholds],
    ['the limits', capForm, defaultCaps],
  ];

  it.each(forms)('of %s cover each number, and return the values that they show', (_, form, defaults) => {
    expect(form.fields.map(({ name }) => name).sort()).toEqual(Object.keys(defaults).sort());
    expect(form.readAll(form.show(defaults))).toEqual(defaults);
  });

  it.each(forms)('of %s refuse values out of bounds', (_, form) => {
    for (const known of form.fields) {
      const { min, max } = form.boundsOf(known);
      expect(form.read(known, String(min))).toBeDefined();
      expect(form.read(known, String(max))).toBeDefined();
      expect(form.read(known, String(max + 1))).toBeUndefined();
      expect(form.read(known, '0')).toBeUndefined();
    }
  });

  it('are read in their units, also with a decimal comma', () => {
    expect(thresholdForm.show(defaultThresholds).deadClickMs).toBe('2.5');
    expect(thresholdForm.read(fieldOf(thresholdForm, 'idleMs'), ' 7,5 ')).toBe(7500);
    expect(thresholdForm.read(fieldOf(thresholdForm, 'rageClicks'), '4')).toBe(4);
    expect(capForm.show(defaultCaps)).toMatchObject({
      wireBytes: '512',
      headerBytes: '16',
      totalMs: '30',
      depth: '2000',
    });
    expect(capForm.read(fieldOf(capForm, 'wireBytes'), '2')).toBe(2 * 1024 * 1024);
    expect(capForm.read(fieldOf(capForm, 'events'), '20000000')).toBe(20_000_000);
  });

  it.each(['', 'x', '-3', '1e3', '2.5.1', '0x9', '999999999', '1.2345'])('refuse “%s”', (text) => {
    expect(thresholdForm.read(fieldOf(thresholdForm, 'idleMs'), text)).toBeUndefined();
  });

  it('accept only whole numbers of clicks', () => {
    expect(thresholdForm.read(fieldOf(thresholdForm, 'rageClicks'), '3.5')).toBeUndefined();
  });

  it('are saved only if all are valid', () => {
    expect(thresholdForm.readAll({ ...thresholdForm.show(defaultThresholds), gapMs: 'soon' })).toBeUndefined();
  });
});

describe('settings', () => {
  it('of an older version get the defaults', () => {
    expect(v.parse(Settings, { theme: 'dark' })).toEqual({
      theme: 'dark',
      isOffline: false,
      timeline: defaultThresholds,
      caps: defaultCaps,
      proxyScript: '',
    });
  });

  it('refuse values out of bounds and unknown keys', () => {
    expect(v.is(Settings, { timeline: { idleMs: 1 } })).toBe(false);
    expect(v.is(Settings, { timeline: { idleMs: Number.NaN } })).toBe(false);
    expect(v.is(Settings, { timeline: { rageClicks: 2.5 } })).toBe(false);
    expect(v.is(Settings, { timeline: { other: 1 } })).toBe(false);
    expect(v.is(Settings, { caps: { depth: capBounds.depth.max + 1 } })).toBe(false);
    expect(v.is(Settings, { caps: { wireBytes: capBounds.wireBytes.min } })).toBe(true);
  });
});
