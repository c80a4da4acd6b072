import * as v from 'valibot';
import { JobId, PreviewId, SessionId } from './ids';
import { OwnPattern, Policy, RedactionReport } from './policy';

export const policyName = v.pipe(v.string(), v.maxLength(60));

/** What a window may ask about policies and what they leave of a session. */
export const policyRequests = {
  'policy.list': {
    input: v.strictObject({}),
    output: v.array(
      v.strictObject({
        name: v.string(),
        description: v.string(),
        /** The user's own, to be changed and removed. */
        isOwn: v.boolean(),
        /** The company's policy that it is held to; null where there is none. */
        floor: v.nullable(v.string()),
      }),
    ),
  },
  /** As it was written, without the floor. */
  'policy.get': { input: v.strictObject({ name: policyName }), output: Policy },
  /** The company's, null where there is none. */
  'policy.floor': { input: v.strictObject({}), output: v.nullable(Policy) },
  /** All that is wrong with what may become a policy, each with the field that it is about. */
  'policy.check': {
    input: v.strictObject({ policy: v.unknown() }),
    output: v.strictObject({
      problems: v.array(v.strictObject({ path: v.string(), reason: v.string() })),
      /** Null while something is wrong. */
      policy: v.nullable(Policy),
    }),
  },
  /** Where a pattern finds something in a text: from and to. */
  'policy.try': {
    input: v.strictObject({ pattern: OwnPattern, text: v.pipe(v.string(), v.maxLength(5000)) }),
    output: v.array(v.tuple([v.number(), v.number()])),
  },
  /** Keeps it: in place of the user's own of that name, or, where `replaces` is null, as a new one. */
  'policy.save': {
    input: v.strictObject({ policy: Policy, replaces: v.nullable(policyName) }),
    output: Policy,
  },
  'policy.remove': { input: v.strictObject({ name: policyName }), output: Policy },
  /** Asks the user for a file; null when they close the dialog. A name that is taken gets a number. */
  'policy.import': { input: v.strictObject({}), output: v.nullable(Policy) },
  /** Asks the user where to; null when they close the dialog. */
  'policy.export': { input: v.strictObject({ name: policyName }), output: v.nullable(v.string()) },

  /**
   * What a policy, kept or not, would leave of a session. The id opens its replay by `replay.open` until it is closed; `windows` says
   * what each recorded window is called there.
   */
  'preview.open': {
    input: v.strictObject({ sessionId: SessionId, policy: Policy, jobId: JobId }),
    output: v.strictObject({
      id: PreviewId,
      report: RedactionReport,
      durationMs: v.number(),
      windows: v.record(v.string(), v.string()),
    }),
  },
  'preview.close': { input: v.strictObject({ id: PreviewId }), output: v.strictObject({}) },
} as const;
