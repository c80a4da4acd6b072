import everythingHidden from '../../../../resources/policies/everything-hidden.json' with { type: 'json' };
import incident from '../../../../resources/policies/incident.json' with { type: 'json' };
import internal from '../../../../resources/policies/internal.json' with { type: 'json' };
import privateByDefault from '../../../../resources/policies/private-by-default.json' with { type: 'json' };
import readable from '../../../../resources/policies/readable.json' with { type: 'json' };
import { CasementError } from '../../../contract/errors';
import type { Policy } from '../../../contract/policy';
import { parsePolicy } from './parse-policy';

export { intersectPolicies } from './intersect';
export { checkPolicy, parsePolicy } from './parse-policy';

/** The shipped policies in the order in which they are offered: the default first, the strictest last. */
export const shippedPolicies: Policy[] = [privateByDefault, readable, internal, incident, everythingHidden].map(
  parsePolicy,
);

/** Returns a shipped policy by name. Throws `policy-unknown`. */
export function findPolicy(name: string): Policy {
  const policy = shippedPolicies.find((shipped) => shipped.name === name);
  if (!policy) throw new CasementError('policy-unknown', { name: name.slice(0, 60) });
  return policy;
}
