import { describe, expect, it } from 'vitest';
import { policyWords } from '../../../src-main/contract/words/policies';
import { sideChannelRules } from '../../../src-main/core/redaction/side-channel-rules';
import { joinFound, partsOf } from '../../../src-renderer/shell/policies/found-parts';
import { reportGroups, ruleLists } from '../../../src-renderer/shell/policies/report-lines';

describe('the list of redacted items', () => {
  it('describes each rule, most used first', () => {
    const own = { exclude: ['.ads'], mask: [], custom: [{ tag: 'step' }, { tag: 'cart' }] };
    const minimumPolicy = { exclude: ['.ads', '.company'], mask: ['.salary'], custom: [{ tag: 'cart' }] };
    const lists = ruleLists(own, minimumPolicy);
    const report = {
      rules: { 'exclude-2': 3, 'mask-1': 9, 'pattern-order': 1, 'detector-email': 2, 'known-value': 4, 'custom-1': 5 },
      entities: { person: 2 },
      masked: { text: 1 },
      dropped: {},
      unknown: { plugin: 1 },
    };
    const [rules, entities, masked, dropped, unknown] = reportGroups(report, lists).map(({ lines }) =>
      lines.map(({ what, count }) => `${what} ${count}`),
    );
    expect(rules).toEqual([
      'Mask: .salary 9',
      'Custom event cart 5',
      'Known values (typed, identified or sent) 4',
      'Remove: .company 3',
      'Email addresses 2',
      'Pattern order 1',
    ]);
    expect([entities, masked, dropped, unknown]).toEqual([['Person names 2'], ['Text 1'], [], ['Plugins 1']]);
  });

  it('describes every side-channel rule', () => {
    expect(Object.keys(policyWords.compare.ruleNames).sort()).toEqual(
      sideChannelRules.map((rule) => `side-${rule}`).sort(),
    );
  });
});

describe('the matches of a pattern', () => {
  it('are merged where they touch, and no text is lost', () => {
    const places = joinFound([
      [6, 9],
      [0, 2],
      [8, 11],
      [2, 3],
    ]);
    expect(places).toEqual([
      [0, 3],
      [6, 11],
    ]);
    const parts = partsOf('abcdefghijklm', places);
    expect(parts.map(({ text }) => text).join('')).toBe('abcdefghijklm');
    expect(parts.filter(({ isFound }) => isFound).map(({ text }) => text)).toEqual(['abc', 'ghijk']);
    expect(partsOf('', [])).toEqual([]);
  });
});
