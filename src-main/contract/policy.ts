import * as v from 'valibot';
import { findingKinds } from './finding-kinds';

/** The version that this Casement writes. Files of version 1 are upgraded when they are read. */
const policyVersion = 2;

/** The shipped policy that an export uses unless the user chooses another. */
export const defaultPolicyName = 'private-by-default';

const Kind = v.picklist(findingKinds);
const Name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,40}$/));
const Selectors = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4000))), v.maxLength(500));
/** A short name from a recording: a route segment, a query key, a payload field. */
const Key = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.$-]{1,60}$/));
const Keys = v.pipe(v.array(Key), v.maxLength(500));

/** A custom pattern of a policy. RE2 matches any pattern in linear time. */
export const OwnPattern = v.strictObject({
  name: Name,
  kind: v.optional(Kind, 'own'),
  /** RE2 syntax: no look-around, no backreferences. */
  pattern: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)),
  ignoreCase: v.optional(v.boolean(), false),
});
export type OwnPattern = v.InferOutput<typeof OwnPattern>;

/** The type of a payload field that stays readable. A value of another type is masked. Ordered from strict to open. */
export const FieldShape = v.picklist(['boolean', 'number', 'words', 'text']);
export type FieldShape = v.InferOutput<typeof FieldShape>;

/**
 * Texts that stay readable because many users see them: complete texts of elements that occur in recordings of at least `minUsers` users in
 * the vault. Typed values, entities, findings, and masked or excluded elements are hidden regardless.
 */
const SharedText = v.union([
  v.literal('off'),
  v.strictObject({ minUsers: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(1000)) }),
]);

export const CustomRule = v.strictObject({
  /** The event's tag, which stays readable. */
  tag: Key,
  fields: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          /** Keys separated by dots, starting at the payload: `cart.items`. */
          path: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_$-]{1,60}(?:\.[A-Za-z0-9_$-]{1,60}){0,7}$/)),
          as: FieldShape,
        }),
      ),
      v.maxLength(100),
    ),
    [],
  ),
});
export type CustomRule = v.InferOutput<typeof CustomRule>;

/** The request and response headers that a policy may keep. All others are dropped. A kept header retains only known words and numbers. */
export const KeptHeader = v.picklist([
  'accept',
  'cache-control',
  'content-encoding',
  'content-language',
  'content-length',
  'content-type',
  'retry-after',
  'vary',
]);
export type KeptHeader = v.InferOutput<typeof KeptHeader>;

/**
 * A versioned redaction policy. Everything that it doesn't allow is masked or dropped, so an absent field has its strictest value.
 * Each field either hides more or extends an allow-list by name. `docs/policies.md` explains every field.
 */
export const Policy = v.strictObject({
  policyVersion: v.literal(policyVersion),
  name: Name,
  description: v.optional(v.pipe(v.string(), v.maxLength(400)), ''),
  /** The name of the company's minimum policy that was applied to this one. Written by Casement. */
  floor: v.optional(Name),

  /** `interface`: the shipped vocabulary of common interface words stays readable. `none`: all words are hidden. */
  words: v.optional(v.picklist(['interface', 'none']), 'none'),
  /** Additional words that stay readable. Each is a single word of letters. */
  allowWords: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^\p{L}{1,40}$/u))), v.maxLength(20_000)), []),

  /** Selectors of elements that are removed with their contents and replaced by a box of the same size. */
  exclude: v.optional(Selectors, []),
  /** Selectors of elements whose texts and values are all hidden, including vocabulary. Takes precedence over `unmask`. */
  mask: v.optional(Selectors, []),
  /** Selectors of elements whose texts stay, except for entities and the findings of detectors and patterns. Typed values are always hidden. */
  unmask: v.optional(Selectors, []),
  /** Needs a vault to count in; without one it has no effect. */
  sharedText: v.optional(SharedText, 'off'),

  detectors: v.optional(
    v.strictObject({
      /**
       * Detectors that are switched off. All others run, including those that a later version adds. Dates are off by default: they reveal
       * little on their own, and interfaces are full of them.
       */
      off: v.optional(v.array(Kind), ['date']),
      /** ISO 3166 countries whose phone numbers and national ids to expect when written without a country code. */
      countries: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))), v.maxLength(40)), []),
    }),
    {},
  ),
  patterns: v.optional(v.pipe(v.array(OwnPattern), v.maxLength(100)), []),

  urls: v.optional(
    v.strictObject({
      /** `registered`: keeps the registered domain and replaces other labels of the host with `x`. `none`: hides all hosts. */
      hosts: v.optional(v.picklist(['registered', 'none']), 'registered'),
      /** Hosts that stay unchanged. */
      keepHosts: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,253}$/))), v.maxLength(200)), []),
      /** Route segments that stay, in addition to those made of allowed words. */
      keepSegments: v.optional(Keys, []),
      /** Query keys that stay. Their values are masked. */
      queryKeys: v.optional(Keys, []),
    }),
    {},
  ),

  console: v.optional(
    v.strictObject({
      /** `words`: allowed words stay. `detected`: texts stay, except for findings. */
      text: v.optional(v.picklist(['none', 'words', 'detected']), 'words'),
      /** `places`: keeps the file and line of each stack frame, redacted like a route. */
      trace: v.optional(v.picklist(['none', 'places']), 'none'),
    }),
    {},
  ),
  network: v.optional(
    v.strictObject({
      headers: v.optional(v.array(KeptHeader), []),
      /** `shape`: keeps keys made of allowed words and the types of their values. */
      bodies: v.optional(v.picklist(['none', 'shape']), 'none'),
    }),
    {},
  ),
  /** `flat`: replaces each image with a grey one of the same size. `none`: removes images completely. */
  images: v.optional(v.picklist(['flat', 'none']), 'flat'),
  custom: v.optional(v.pipe(v.array(CustomRule), v.maxLength(200)), []),
  /** Replaces each entity with a consistent pseudonym (`EMAIL-1`, `PERSON-2`) instead of dots. */
  pseudonyms: v.optional(v.boolean(), false),
  /** `relative`: drops wall-clock times and keeps only the offsets from the start. */
  times: v.optional(v.picklist(['relative', 'absolute']), 'relative'),
});
export type Policy = v.InferOutput<typeof Policy>;

const Counts = v.record(v.string(), v.number());

/** Statistics of a redaction: counts only, no values and no hashes of them. */
export const RedactionReport = v.strictObject({
  policy: v.string(),
  policyVersion: v.number(),
  /** The company's minimum policy that was applied; null if there is none. */
  floor: v.nullable(v.string()),
  eventsIn: v.number(),
  eventsOut: v.number(),
  /** The number of masked values by channel (text, input, attribute, url, console, network, style, image, …). */
  masked: Counts,
  /** The number of items that were dropped completely, by channel. */
  dropped: Counts,
  /** The number of entities hidden in text that would otherwise have stayed, by kind. */
  entities: Counts,
  /** The number of hits by rule. `exclude-1` is the first selector of `exclude`; `pattern-order-number` is the pattern `order-number`. */
  rules: Counts,
  /** The number of dropped unknown items by type (event, source, plugin, attribute, field). */
  unknown: Counts,
  /** The number of values that were masked only after the leak gate had found them, by channel. Absent if there were none. */
  repaired: v.optional(Counts),
});
export type RedactionReport = v.InferOutput<typeof RedactionReport>;

/** The problems that one field of a policy can have. Their words are in `refusals.policyProblem`. */
const policyProblems = ['invalid', 'tooLong', 'notASelector', 'notAPattern', 'matchesEmpty', 'duplicate'] as const;
export type PolicyProblem = (typeof policyProblems)[number];

/** `path` is for example `mask.0`, or '' if the policy is not an object with the fields of a policy. */
export const PolicyFieldProblem = v.strictObject({ path: v.string(), problem: v.picklist(policyProblems) });
export type PolicyFieldProblem = v.InferOutput<typeof PolicyFieldProblem>;
