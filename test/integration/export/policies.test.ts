import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../../src-main/contract/policy';
import { findPolicy, parsePolicy } from '../../../src-main/core/redaction/policy';
import { openJsonStore } from '../../../src-main/node/files/json-store';
import { readMinimumPolicy } from '../../../src-main/node/policy/minimum-policy';
import { Policies, StoredPolicies } from '../../../src-main/services/policies';
import { makeTempFolder } from '../../helpers/temp-folder';

const own: Policy = parsePolicy({
  ...findPolicy('internal'),
  name: 'ours',
  mask: ['.salary'],
  times: 'absolute',
});

describe('the policies of an installation', () => {
  let folder: string;
  let policies: Policies;
  let chosen: string | undefined;
  let saved: { fileName: string; text: string } | undefined;
  let env: NodeJS.ProcessEnv;

  const systemPolicyPath = (): string => join(folder, 'system', 'policy-floor.json');
  const writeSystemPolicy = async (policy: unknown): Promise<void> => {
    await mkdir(join(folder, 'system'), { recursive: true });
    await writeFile(systemPolicyPath(), typeof policy === 'string' ? policy : JSON.stringify(policy));
  };

  beforeEach(async () => {
    folder = await makeTempFolder();
    env = {};
    chosen = saved = undefined;
    policies = new Policies({
      store: openJsonStore(join(folder, 'policies.json'), StoredPolicies, []),
      readMinimumPolicy: () => readMinimumPolicy(env, systemPolicyPath()),
      askForText: async () => chosen,
      saveText: async (fileName, text) => {
        saved = { fileName, text };
        return fileName;
      },
    });
  });

  it('are the shipped ones and the user’s own, which can be changed, exported, imported and deleted', async () => {
    await policies.save(own, null);
    await policies.save({ ...own, description: 'changed' }, 'ours');
    expect((await policies.list()).map(({ name, isOwn }) => [name, isOwn]).at(-1)).toEqual(['ours', true]);
    expect(await policies.find('ours')).toMatchObject({ description: 'changed', mask: ['.salary'] });

    expect(await policies.exportFile('ours')).toBe('ours.json');
    await policies.remove('ours');
    await expect(policies.get('ours')).rejects.toMatchObject({ code: 'policy-unknown' });
    chosen = saved?.text;
    expect(await policies.importFile()).toEqual({ ...own, description: 'changed' });
    expect(await policies.get('ours')).toEqual({ ...own, description: 'changed' });
  });

  it('hide given values from then on, in a copy if the policy is a shipped one', async () => {
    const values = ['AB-2047-X (new)', 'ottoline.v@brevvimail.example', 'x'.repeat(980)];
    expect(await policies.hideValues('readable', values)).toBe('readable-own');
    const copy = await policies.find('readable-own');
    expect(copy.patterns).toHaveLength(2);
    const found = async (policy: Policy, text: string): Promise<boolean> => {
      const matches = await Promise.all(policy.patterns.map((pattern) => policies.try(pattern, text)));
      return matches.flat().length > 0;
    };
    expect(await found(copy, 'Order ab-2047-x (NEW)')).toBe(true);
    expect(await found(copy, 'Order AB-2047-X new')).toBe(false);

    // The user's own policy is extended.
    expect(await policies.hideValues('readable-own', ['Vraszkovic'])).toBe('readable-own');
    const extended = await policies.find('readable-own');
    expect(extended.patterns).toHaveLength(3);
    expect(await found(extended, 'Vraszkovic')).toBe(true);
    expect(findPolicy('readable').patterns).toEqual([]);
  });

  it('never change the shipped ones', async () => {
    await expect(policies.save({ ...own, name: 'private-by-default' }, null)).rejects.toMatchObject({
      code: 'policy-shipped',
    });
    await expect(policies.remove('private-by-default')).rejects.toMatchObject({ code: 'policy-unknown' });
  });

  it('are overwritten only on request, also when renamed or imported', async () => {
    await policies.save(own, null);
    await policies.save({ ...own, name: 'theirs' }, null);
    await expect(policies.save(own, null)).rejects.toMatchObject({ code: 'policy-taken' });
    await expect(policies.save({ ...own, name: 'theirs' }, 'ours')).rejects.toMatchObject({ code: 'policy-taken' });
    await expect(policies.save({ ...own, name: 'new' }, 'missing')).rejects.toMatchObject({ code: 'policy-unknown' });
    await policies.save({ ...own, name: 'renamed' }, 'ours');
    chosen = JSON.stringify({ ...own, name: 'theirs', mask: ['.imported'] });
    expect(await policies.importFile()).toMatchObject({ name: 'theirs-2', mask: ['.imported'] });
    chosen = JSON.stringify({ ...own, name: 'internal' });
    expect(await policies.importFile()).toMatchObject({ name: 'internal-2' });
    const names = (await policies.list()).filter(({ isOwn }) => isOwn).map(({ name }) => name);
    expect(names).toEqual(['theirs', 'renamed', 'theirs-2', 'internal-2']);
    expect((await policies.get('theirs')).mask).toEqual(['.salary']);
  });

  it('report all problems of a draft by field', async () => {
    const pattern = { name: 'order', pattern: 'ORD-[0-9]+' };
    const wrong = {
      ...own,
      name: 'x y',
      mask: ['.fine', 'a >', 'p::before', ''],
      patterns: [pattern, pattern, { name: 'open', pattern: '(' }, { name: 'empty', pattern: 'x*' }],
      sharedText: { minUsers: 1 },
    };
    const { policy, problems } = policies.check(wrong);
    expect(policy).toBeNull();
    expect(problems.map(({ path }) => path).sort()).toEqual(
      [
        'mask.1',
        'mask.2',
        'mask.3',
        'name',
        'patterns.1.name',
        'patterns.2.pattern',
        'patterns.3.pattern',
        'sharedText.minUsers',
      ].sort(),
    );
    expect(policies.check(null).problems).toHaveLength(1);
    expect(policies.check(own)).toEqual({ policy: own, problems: [] });
    expect(
      await policies.try({ name: 'order', kind: 'own', pattern: 'ord-[0-9]+', ignoreCase: true }, 'of ORD-4711.'),
    ).toEqual([[3, 11]]);
    await expect(policies.try({ name: 'x', kind: 'own', pattern: '(', ignoreCase: false }, '')).rejects.toThrow();
  });

  it('are imported from older files, but not from damaged ones', async () => {
    chosen = JSON.stringify({ policyVersion: 1, name: 'old', words: 'none', times: 'relative' });
    expect(await policies.importFile()).toMatchObject({ name: 'old', policyVersion: 2 });
    for (const text of ['{', '[]', '{"policyVersion":2,"name":"x y"}', JSON.stringify({ ...own, unmask: ['a >'] })]) {
      chosen = text;
      await expect(policies.importFile()).rejects.toMatchObject({ code: 'policy-invalid' });
    }
    chosen = undefined;
    expect(await policies.importFile()).toBeNull();
    expect((await policies.list()).filter(({ isOwn }) => isOwn)).toHaveLength(1);
  });

  describe('under a company’s minimum policy', () => {
    const minimumPolicy = { ...findPolicy('readable'), name: 'company', mask: ['.company-secret'] };

    it('are never weaker than the minimum, and may be stricter', async () => {
      await writeSystemPolicy(minimumPolicy);
      await policies.save(own, null);
      const held = await policies.find('ours');
      expect(held.times).toBe('relative');
      expect(held.mask).toEqual(expect.arrayContaining(['.salary', '.company-secret']));
      expect(held.floor).toBe('company');
      expect((await policies.list()).every((policy) => policy.floor === 'company')).toBe(true);
      // Control: with a weaker minimum policy, absolute times are kept.
      await writeSystemPolicy({ ...own, name: 'open' });
      expect((await policies.find('ours')).times).toBe('absolute');
    });

    it('report the minimum policy, and its effect on an unsaved draft', async () => {
      expect(await policies.minimum()).toBeNull();
      await writeSystemPolicy(minimumPolicy);
      expect((await policies.minimum())?.mask).toEqual(['.company-secret']);
      expect((await policies.held(own)).mask).toContain('.company-secret');
    });

    it('must satisfy both the system’s file and the one named by the environment', async () => {
      await writeSystemPolicy(minimumPolicy);
      env.CASEMENT_POLICY_FLOOR = join(folder, 'named.json');
      await writeFile(env.CASEMENT_POLICY_FLOOR, JSON.stringify({ ...findPolicy('internal'), mask: ['.named'] }));
      const { mask } = await policies.find('internal');
      expect(mask).toEqual(expect.arrayContaining(['.named', '.company-secret']));
    });

    it.each([
      ['damaged', async () => writeSystemPolicy('{"policyVersion":2,')],
      ['not a policy', async () => writeSystemPolicy({ policyVersion: 2, name: 'x', strictness: 9 })],
      ['huge', async () => writeSystemPolicy(' '.repeat(2_000_001))],
      ['named and missing', async () => void (env.CASEMENT_POLICY_FLOOR = join(folder, 'nowhere.json'))],
    ])('can’t be used when it is %s', async (_, arrange) => {
      await arrange();
      await expect(policies.find('private-by-default')).rejects.toMatchObject({ code: 'policy-floor' });
      await expect(policies.list()).rejects.toMatchObject({ code: 'policy-floor' });
    });
  });
});
