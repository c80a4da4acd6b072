import { describe, expect, it } from 'vitest';
import { findPolicy, parsePolicy, shippedPolicies } from '../../../../src-main/core/redaction/policy';

const policy = findPolicy('private-by-default');

function reasonOf(json: unknown): string {
  try {
    parsePolicy(json);
    return '';
  } catch (error) {
    return JSON.stringify((error as { details: unknown }).details);
  }
}

describe('policies', () => {
  it('ship in order, the default first, each with a description', () => {
    expect(shippedPolicies.map(({ name }) => name)).toEqual([
      'private-by-default',
      'readable',
      'internal',
      'incident',
      'everything-hidden',
    ]);
    for (const { description } of shippedPolicies) expect(description).toMatch(/^[A-Z].{20,250}\.$/);
  });

  it('are found by name only', () => {
    expect(() => findPolicy('external')).toThrowError(expect.objectContaining({ code: 'policy-unknown' }));
  });

  it.each([
    [null, 'not an object'],
    [[], 'policyVersion'],
    [{}, 'policyVersion'],
    [{ ...policy, words: 'all' }, 'field words'],
    [{ ...policy, policyVersion: 3 }, 'policyVersion'],
    [{ ...policy, allowWords: ['two words'] }, 'allowWords.0'],
    [{ ...policy, mask: ['.fine', '.broken['] }, 'mask.1'],
    [{ ...policy, unmask: ['p::before'] }, 'unmask.0'],
    [{ ...policy, exclude: [':contains(secret)'] }, 'exclude.0'],
    [{ ...policy, mask: ['div:is(p, :icontains(secret))'] }, 'mask.0'],
    [{ ...policy, mask: [':nonsense'] }, 'mask.0'],
    [{ ...policy, patterns: [{ name: 'order', pattern: '(' }] }, 'patterns.0.pattern'],
    [{ ...policy, patterns: [{ name: 'order', pattern: '(?=x)y' }] }, 'patterns.0.pattern'],
    [{ ...policy, patterns: [{ name: 'order', pattern: 'x*' }] }, 'patterns.0.pattern'],
    [
      {
        ...policy,
        patterns: [
          { name: 'order', pattern: 'x' },
          { name: 'order', pattern: 'y' },
        ],
      },
      'patterns.1.name',
    ],
    [{ ...policy, urls: { ...policy.urls, keepSegments: ['a/b'] } }, 'urls.keepSegments.0'],
  ])('are refused if they are invalid, and the error names only the field: %#', (json, field) => {
    expect(reasonOf(json)).toContain(field);
    expect(reasonOf(json)).not.toContain('secret');
  });

  it('of version 1 are upgraded to equivalent ones', () => {
    const old = { policyVersion: 1, name: 'ours', words: 'interface', allowWords: ['Zebra'], times: 'absolute' };
    expect(parsePolicy(old)).toEqual({
      ...policy,
      name: 'ours',
      description: '',
      allowWords: ['Zebra'],
      times: 'absolute',
    });
  });

  it('hide the most by default', () => {
    const { description, ...hidden } = findPolicy('everything-hidden');
    const { description: _none, ...bare } = parsePolicy({ policyVersion: 2, name: 'everything-hidden' });
    expect(bare).toEqual({ ...hidden, console: { text: 'words', trace: 'none' } });
    expect(description).not.toBe('');
  });
});
