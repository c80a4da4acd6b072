import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { requests, type RequestName } from '../../../src-main/contract/ipc';

const names = Object.keys(requests) as RequestName[];

describe('the contract', () => {
  it('refuses an extra key in every request', () => {
    for (const name of names) {
      expect(v.safeParse(requests[name].input, { surprise: 1 }).success, name).toBe(false);
    }
  });

  it('refuses an input that isn’t an object', () => {
    const nonObject = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant(undefined));
    fc.assert(
      fc.property(fc.constantFrom(...names), nonObject, (name, input) => {
        expect(v.safeParse(requests[name].input, input).success).toBe(false);
      }),
    );
  });

  it('accepts only ids that are safe as a folder name and a host', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        const isAccepted = v.safeParse(requests['library.remove'].input, { id }).success;
        expect(isAccepted).toBe(/^[a-z0-9][a-z0-9-]{3,62}$/.test(id));
      }),
    );
  });
});
