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

  it('takes nothing that is no object for a request, whatever it is', () => {
    const noObject = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant(undefined));
    fc.assert(
      fc.property(fc.constantFrom(...names), noObject, (name, input) => {
        expect(v.safeParse(requests[name].input, input).success).toBe(false);
      }),
    );
  });

  it('lets an id through only if it can’t be a path or a host of another kind', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        const isTaken = v.safeParse(requests['library.remove'].input, { id }).success;
        expect(isTaken).toBe(/^[a-z0-9][a-z0-9-]{3,62}$/.test(id));
      }),
    );
  });
});
