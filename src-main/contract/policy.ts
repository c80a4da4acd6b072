import * as v from 'valibot';
import { findingKinds } from './finding-kinds';

/** The version that is written today. Files of version 1 are upgraded when they are read. */
const policyVersion = 2;

/** The shipped policy of an export unless the user chooses another. */
export const defaultPolicyName = 'private-by-default';

const Kind = v.picklist(findingKinds);
const Name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,40}$/));
const Selectors = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4000))), v.maxLength(500));
/** A short name that a recording may hold: a segment of a route, a key of a query, a field of a payload. */
const Key = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.$-]{1,60}$/));
const Keys = v.pipe(v.array(Key), v.maxLength(500));

/** A pattern of the policy's own. It is matched in linear time, whatever it says. */
export const OwnPattern = v.strictObject({
  name: Name,
  kind: v.optional(Kind, 'own'),
  /** In RE2's syntax: no look-around, no back-reference. */
  pattern: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)),
  ignoreCase: v.optional(v.boolean(), false),
});
export type OwnPattern = v.InferOutput<typeof OwnPattern>;

/** How a field of a custom event's payload may stay; what isn't of that shape is masked. From strict to open. */
export const FieldShape = v.picklist(['boolean', 'number', 'words', 'text']);
export type FieldShape = v.InferOutput<typeof FieldShape>;

/**
 * Texts that stay since everybody sees them: whole texts of elements that were seen in recordings of at least so many different users in
 * the vault. Typed values, entities, what detectors and patterns find and what is masked or excluded stay hidden all the same.
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
          /** Keys with dots between them, from the payload down: `cart.items`. */
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

/** Response and request headers that a policy may keep. All others are dropped; a kept one is written from known words and numbers. */
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
 * A redaction policy: data, versioned. Everything that it doesn't allow is masked or dropped, so a field that is left out is at its
 * strictest, and each field either adds to what is hidden or widens an allow-list by name. `docs/policies.md` explains every field.
 */
export const Policy = v.strictObject({
  policyVersion: v.literal(policyVersion),
  name: Name,
  description: v.optional(v.pipe(v.string(), v.maxLength(400)), ''),
  /** The name of the floor that this policy was made stricter by. Written by Casement. */
  floor: v.optional(Name),

  /** `interface`: the shipped vocabulary of plain interface words stays readable. `none`: no word does. */
  words: v.optional(v.picklist(['interface', 'none']), 'none'),
  /** Words that stay readable besides; single words of letters. */
  allowWords: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^\p{L}{1,40}$/u))), v.maxLength(20_000)), []),

  /** Elements that vanish with all that is in them; a box of their size is left. */
  exclude: v.optional(Selectors, []),
  /** Elements in which every text and value is hidden, vocabulary or not. Wins over `unmask` wherever either stands. */
  mask: v.optional(Selectors, []),
  /** Elements whose texts stay but for what entities, detectors and patterns find in them. Typed values never do. */
  unmask: v.optional(Selectors, []),
  /** Needs a vault to count in; where there is none, nothing stays by it. */
  sharedText: v.optional(SharedText, 'off'),

  detectors: v.optional(
    v.strictObject({
      /**
       * Detectors that are switched off. The others run, those of a later version as well. Dates say little by themselves, and interfaces
       * are full of them, so that they are off where nothing is said.
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
      /** `registered`: the registered domain stays, other labels of the host become `x`. `none`: no host stays. */
      hosts: v.optional(v.picklist(['registered', 'none']), 'registered'),
      /** Hosts that stay whole. */
      keepHosts: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,253}$/))), v.maxLength(200)), []),
      /** Route segments that stay besides those made of allowed words. */
      keepSegments: v.optional(Keys, []),
      /** Keys of queries that stay, each with its value masked. */
      queryKeys: v.optional(Keys, []),
    }),
    {},
  ),

  console: v.optional(
    v.strictObject({
      /** `words`: allowed words stay. `detected`: texts stay but for what is found in them. */
      text: v.optional(v.picklist(['none', 'words', 'detected']), 'words'),
      /** `places`: file and line of each frame of a stack, as a route. */
      trace: v.optional(v.picklist(['none', 'places']), 'none'),
    }),
    {},
  ),
  network: v.optional(
    v.strictObject({
      headers: v.optional(v.array(KeptHeader), []),
      /** `shape`: keys made of allowed words, and the types of what they hold. */
      bodies: v.optional(v.picklist(['none', 'shape']), 'none'),
    }),
    {},
  ),
  /** `flat`: a grey picture of the same size. `none`: not even that there was one to be shown. */
  images: v.optional(v.picklist(['flat', 'none']), 'flat'),
  custom: v.optional(v.pipe(v.array(CustomRule), v.maxLength(200)), []),
  /** Found entities are named `EMAIL-1`, `PERSON-2`, the same wherever they stand, in place of dots. */
  pseudonyms: v.optional(v.boolean(), false),
  /** `relative` drops the wall clock: only the distance from the start stays. */
  times: v.optional(v.picklist(['relative', 'absolute']), 'relative'),
});
export type Policy = v.InferOutput<typeof Policy>;

const Counts = v.record(v.string(), v.number());

/** What an export hid: counts only, no value and no digest of one. */
export const RedactionReport = v.strictObject({
  policy: v.string(),
  policyVersion: v.number(),
  /** The company's policy that the export was held to; null where there is none. */
  floor: v.nullable(v.string()),
  eventsIn: v.number(),
  eventsOut: v.number(),
  /** By channel (text, input, attribute, url, console, network, style, image, …): how many leaves were masked. */
  masked: Counts,
  /** By channel: how many things were dropped whole. */
  dropped: Counts,
  /** By kind of entity: how often one was hidden where its text would have stayed. */
  entities: Counts,
  /** By rule: how often it hid something. `exclude-1` is the first selector of its list, `pattern-order-number` a pattern by its name. */
  rules: Counts,
  /** What nobody knows, by what it was (event, source, plugin, attribute, field): never passed on. */
  unknown: Counts,
});
export type RedactionReport = v.InferOutput<typeof RedactionReport>;
