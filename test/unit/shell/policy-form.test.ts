import { describe, expect, it } from 'vitest';
import { checkPolicy, parsePolicy, shippedPolicies } from '../../../src-main/core/redaction/policy';
import {
  minimumLevel,
  holdLevel,
  isRequired,
  leastUsers,
  levels,
} from '../../../src-renderer/shell/policies/minimum-policy';
import { formOf, jsonOf, problemOf } from '../../../src-renderer/shell/policies/policy-form';

const full = parsePolicy({
  policyVersion: 2,
  name: 'full',
  description: 'All of it',
  words: 'interface',
  allowWords: ['Zorblax', 'Ünïcode'],
  exclude: ['.a', '.b > p'],
  mask: ['[title]'],
  unmask: ['h1, h2'],
  sharedText: { minUsers: 7 },
  detectors: { off: ['date', 'phone'], countries: ['DE', 'IN'] },
  patterns: [{ name: 'order', kind: 'own', pattern: 'ORD- [0-9]+', ignoreCase: true }],
  urls: { hosts: 'none', keepHosts: ['eu.shop.test'], keepSegments: ['orders'], queryKeys: ['page'] },
  console: { text: 'detected', trace: 'places' },
  network: { headers: ['content-type'], bodies: 'shape' },
  images: 'none',
  custom: [{ tag: 'cart', fields: [{ path: 'items.count', as: 'number' }] }, { tag: 'step' }],
  pseudonyms: true,
  times: 'absolute',
});

describe('the form of a policy', () => {
  it.each([...shippedPolicies, full].map((policy) => [policy.name, policy] as const))(
    'gives back %s as it was',
    (_name, policy) => {
      expect(checkPolicy(jsonOf(formOf(policy)))).toEqual({ policy, problems: [] });
    },
  );

  it('covers every field', () => {
    expect(Object.keys(jsonOf(formOf(full))).sort()).toEqual(Object.keys(full).sort());
  });

  it('shows an error beside its field, with the line number', () => {
    const form = { ...formOf(full), mask: '.fine\n\n  button >  \n', minUsers: 'five', countries: 'de, Germany' };
    form.patterns = [{ name: 'x', kind: 'own', pattern: '(', ignoreCase: false }];
    form.custom = [{ tag: 'cart', fields: 'a: number\nb\nc: money' }];
    const { problems } = checkPolicy(jsonOf(form));
    expect(problemOf(problems, 'mask', form.mask)).toBe('Line 3 is not a supported CSS selector.');
    expect(problemOf(problems, 'sharedText')).toBe('This has an invalid value.');
    expect(problemOf(problems, 'detectors.countries')).toBe('This has an invalid value.');
    expect(problemOf(problems, 'patterns.0.pattern')).toBe('This is not a valid RE2 regular expression.');
    expect(problemOf(problems, 'custom.0.fields', form.custom[0]?.fields)).toBe('Line 2 has an invalid value.');
    expect(problemOf(problems, 'exclude', form.exclude)).toBeUndefined();
    expect(problemOf(problems, 'unmask', form.unmask)).toBeUndefined();
  });
});

describe('the company’s policy', () => {
  it('rules out every level that is more permissive than its own', () => {
    expect(holdLevel(levels.consoleText, 'detected', 'words')).toEqual({ value: 'words', closed: ['detected'] });
    expect(holdLevel(levels.consoleText, 'none', 'words')).toEqual({ value: 'none', closed: ['detected'] });
    expect(holdLevel(levels.times, 'absolute', undefined)).toEqual({ value: 'absolute', closed: [] });
    for (const field of Object.keys(levels) as (keyof typeof levels)[])
      expect(levels[field]).toContain(minimumLevel(full, field));
  });

  it('requires its detectors and its minimum of users', () => {
    expect(isRequired(full, 'email')).toBe(true);
    expect(isRequired(full, 'phone')).toBe(false);
    expect(isRequired(undefined, 'email')).toBe(false);
    expect(leastUsers(full)).toBe(7);
    expect(leastUsers({ ...full, sharedText: 'off' })).toBe('off');
    expect(leastUsers(undefined)).toBeUndefined();
  });
});
