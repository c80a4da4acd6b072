import * as v from 'valibot';
import { OwnPattern, Policy, PolicyFieldProblem } from '../policy';
import { empty } from './empty';

export const policyName = v.pipe(v.string(), v.maxLength(60));

export const policyRequests = {
  'policy.list': {
    input: empty,
    output: v.array(
      v.strictObject({
        name: v.string(),
        description: v.string(),
        /** Created by the user, so it can be changed and removed. */
        isOwn: v.boolean(),
        /** The name of the company's minimum policy that restricts it; null if there is none. */
        floor: v.nullable(v.string()),
      }),
    ),
  },
  /** The policy as written, without the company's minimum policy. */
  'policy.get': { input: v.strictObject({ name: policyName }), output: Policy },
  /** The company's minimum policy; null if there is none. */
  'policy.floor': { input: empty, output: v.nullable(Policy) },
  /** Lists all problems of a policy draft, each with the path of its field. */
  'policy.check': {
    input: v.strictObject({ policy: v.unknown() }),
    output: v.strictObject({
      problems: v.array(PolicyFieldProblem),
      /** Null if there are problems. */
      policy: v.nullable(Policy),
    }),
  },
  /** Returns the matches of a pattern in a text, as [start, end). */
  'policy.try': {
    input: v.strictObject({ pattern: OwnPattern, text: v.pipe(v.string(), v.maxLength(5000)) }),
    output: v.array(v.tuple([v.number(), v.number()])),
  },
  /** Replaces the user's own policy of that name; if `replaces` is null, adds a new one. */
  'policy.save': {
    input: v.strictObject({ policy: Policy, replaces: v.nullable(policyName) }),
    output: Policy,
  },
  'policy.remove': { input: v.strictObject({ name: policyName }), output: Policy },
  /** Asks the user for a file; null if they close the dialog. A name that is taken gets a number. */
  'policy.import': { input: empty, output: v.nullable(Policy) },
  /** Asks the user where to save; null if they close the dialog. */
  'policy.export': { input: v.strictObject({ name: policyName }), output: v.nullable(v.string()) },
} as const;
