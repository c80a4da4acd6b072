import { readFileSync, writeFileSync } from 'node:fs';
import Ajv from 'ajv';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Policy } from '../../../../src-main/contract/policy';
import { shippedPolicies } from '../../../../src-main/core/redaction/policy';
import { toJsonSchema } from '../../../helpers/json-schema';

/** Fields whose value is an object. */
const groups = ['detectors', 'urls', 'console', 'network'];
const path = new URL('../../../../docs/policy.schema.json', import.meta.url);
const made = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Casement redaction policy',
  ...toJsonSchema(Policy),
};

describe('the published JSON Schema of a policy', () => {
  it('is generated from the schema that Casement checks policies with (CASEMENT_WRITE_SCHEMA=1 updates it)', () => {
    if (process.env.CASEMENT_WRITE_SCHEMA === '1') writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(made);
  });

  const accepts = new Ajv({ strict: true, unicodeRegExp: true }).compile(made);

  it.each(shippedPolicies.map((policy) => [policy.name, policy] as const))('accepts %s', (_name, policy) => {
    expect(accepts(policy)).toBe(true);
  });

  it('accepts and refuses the same changed policies as Casement', () => {
    const [policy] = shippedPolicies;
    const paths = [
      'name',
      'words',
      'mask',
      'unmask',
      'patterns',
      'urls',
      'console',
      'custom',
      'detectors',
      'new',
      'sharedText',
    ];
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('none', 'interface', ['.a'], [{ name: 'order', pattern: 'x+' }], { hosts: 'none' }, { off: [] }),
      fc.constantFrom('off', ...[1, 2, 5, 5.5, 1000, 1001, '5'].map((minUsers) => ({ minUsers }))),
      fc.constantFrom([{ tag: 'step', fields: [{ path: 'a.b', as: 'text' }] }], { countries: ['DE'] }, { text: 'all' }),
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), value, (field, changed) => {
        // valibot accepts an empty list as an object without fields. Both are empty, so the difference doesn't matter.
        fc.pre(!(Array.isArray(changed) && changed.length === 0 && groups.includes(field)));
        const json = JSON.parse(JSON.stringify({ ...policy, [field]: changed })) as unknown;
        const isValid = v.safeParse(Policy, json).success;
        if (isValid) accepted++;
        expect(accepts(json)).toBe(isValid);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
