import Ajv from 'ajv';
import { readFixtureMember } from './fixture-archive';

interface Attribute {
  type: string;
  object_type?: string;
  is_array?: boolean;
  requirement?: string;
  profile?: string | null;
  enum?: Record<string, unknown>;
}
interface Thing {
  uid?: number;
  attributes: Record<string, Attribute>;
  constraints?: { at_least_one?: string[] };
}
interface Compiled {
  version: string;
  classes: Record<string, Thing>;
  objects: Record<string, Thing>;
  dictionary: {
    types: { attributes: Record<string, { type?: string; regex?: string; max_len?: number; range?: number[] }> };
  };
}

const used: ReadonlySet<string> = new Set(['metadata', 'product', 'http_request', 'http_response', 'url']);

/** Returns a check of an event against OCSF's compiled schema, converted to a JSON schema of its class. Unknown attributes are errors. */
export async function ocsfChecker(): Promise<(event: unknown) => string[]> {
  const file = await readFixtureMember('schemas/ocsf.tar.gz', 'ocsf-1.8.0-compiled.json');
  const compiled = JSON.parse(file.toString()) as Compiled;
  const ajv = new Ajv({ allErrors: true, strict: false });

  const scalar = (name: string): object => {
    const { type = name, regex, max_len, range } = compiled.dictionary.types.attributes[name] ?? {};
    const kind = {
      string_t: 'string',
      integer_t: 'integer',
      long_t: 'integer',
      boolean_t: 'boolean',
      float_t: 'number',
    }[type];
    return {
      ...(kind !== undefined && { type: kind }),
      ...(regex !== undefined && { pattern: regex }),
      ...(max_len !== undefined && { maxLength: max_len }),
      ...(range && { minimum: range[0], maximum: range[1] }),
    };
  };
  const attribute = ({ type, object_type, is_array, enum: values }: Attribute): object => {
    const inner =
      type === 'object_t'
        ? object_type === 'object'
          ? { type: 'object' }
          : { $ref: `#/definitions/${object_type ?? ''}` }
        : {
            ...scalar(type),
            ...(values && { enum: Object.keys(values).map((key) => (type === 'string_t' ? key : Number(key))) }),
          };
    return is_array === true ? { type: 'array', items: inner } : inner;
  };
  const thing = ({ attributes, constraints }: Thing): object => ({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, attribute(value)])),
    // Attributes that a profile requires are only required of events with that profile; ours have none.
    required: Object.entries(attributes).flatMap(([name, { requirement, profile }]) =>
      requirement === 'required' && (profile ?? null) === null && !['osint', 'cloud'].includes(name) ? [name] : [],
    ),
    ...(constraints?.at_least_one && { anyOf: constraints.at_least_one.map((name) => ({ required: [name] })) }),
  });
  // Compiling all of OCSF's objects takes seconds, so any object that is not listed is an error.
  const definitions = Object.fromEntries(
    Object.entries(compiled.objects).map(([name, value]) => [name, used.has(name) ? thing(value) : { not: {} }]),
  );
  const validators = new Map(
    ['http_activity', 'application_error', 'base_event'].map((name) => {
      const of = compiled.classes[name] ?? { attributes: {} };
      return [of.uid, ajv.compile({ ...thing(of), definitions })];
    }),
  );
  return (event) => {
    const { class_uid, activity_id, type_uid, metadata } = event as Record<string, number> & {
      metadata: { version: string };
    };
    const validate = validators.get(class_uid);
    if (!validate) return [`an unknown class ${class_uid}`];
    void validate(event);
    return [
      ...(validate.errors ?? []).map(
        ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      ),
      ...(type_uid === (class_uid ?? 0) * 100 + (activity_id ?? 0) ? [] : ['type_uid is not of class and activity']),
      ...(metadata.version === compiled.version ? [] : ['another version']),
    ];
  };
}
