import * as v from 'valibot';
import everythingHidden from '../../../resources/policies/everything-hidden.json' with { type: 'json' };
import privateByDefault from '../../../resources/policies/private-by-default.json' with { type: 'json' };
import { CasementError } from '../../contract/errors';
import { Policy } from '../../contract/policy';

/** The policies that come with Casement, the default of exports first. */
export const shippedPolicies: Policy[] = [privateByDefault, everythingHidden].map(parsePolicy);

/** A shipped policy by its name. Errors: policy-unknown. */
export function findPolicy(name: string): Policy {
  const policy = shippedPolicies.find((shipped) => shipped.name === name);
  if (!policy) throw new CasementError('policy-unknown', { name: name.slice(0, 60) });
  return policy;
}

/** A policy from JSON that somebody wrote. Errors: policy-invalid, which names the first field that doesn't fit. */
export function parsePolicy(json: unknown): Policy {
  const parsed = v.safeParse(Policy, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  throw new CasementError('policy-invalid', {
    reason:
      path === null ? 'it is not an object with the fields of a policy' : `its field ${path.slice(0, 60)} does not fit`,
  });
}
