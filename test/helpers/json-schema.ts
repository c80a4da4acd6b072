/** The parts of a valibot schema that policies use. */
interface Schema {
  type: string;
  pipe?: readonly { type: string; requirement?: unknown }[];
  entries?: Readonly<Record<string, Schema>>;
  item?: Schema;
  wrapped?: Schema;
  default?: unknown;
  literal?: unknown;
  options?: readonly unknown[];
}

type Json = Record<string, unknown>;

/** Converts a valibot schema to JSON Schema. Throws if it contains an unknown part, so that none is left out. */
export function toJsonSchema(schema: Schema): Json {
  const json = writeType(schema);
  const isList = schema.type === 'array';
  for (const { type, requirement } of schema.pipe?.slice(1) ?? []) {
    if (type === 'regex' && requirement instanceof RegExp) json.pattern = requirement.source;
    else if (type === 'max_length') json[isList ? 'maxItems' : 'maxLength'] = requirement;
    else if (type === 'min_length') json[isList ? 'minItems' : 'minLength'] = requirement;
    else if (type === 'min_value') json.minimum = requirement;
    else if (type === 'max_value') json.maximum = requirement;
    else if (type === 'integer') json.type = 'integer';
    else throw new Error(`no JSON Schema for the check ${type}`);
  }
  return json;
}

function writeType(schema: Schema): Json {
  switch (schema.type) {
    case 'strict_object': {
      const entries = Object.entries(schema.entries ?? {});
      return {
        type: 'object',
        properties: Object.fromEntries(entries.map(([key, entry]) => [key, toJsonSchema(entry)])),
        required: entries.flatMap(([key, entry]) => (entry.type === 'optional' ? [] : [key])),
        additionalProperties: false,
      };
    }
    case 'optional':
      return {
        ...toJsonSchema(schema.wrapped as Schema),
        ...(schema.default !== undefined && { default: schema.default }),
      };
    case 'array':
      return { type: 'array', items: toJsonSchema(schema.item as Schema) };
    case 'string':
    case 'boolean':
    case 'number':
      return { type: schema.type };
    case 'literal':
      return { const: schema.literal };
    case 'picklist':
      return { enum: schema.options };
    case 'union':
      return { anyOf: (schema.options as Schema[]).map((option) => toJsonSchema(option)) };
    default:
      throw new Error(`no JSON Schema for ${schema.type}`);
  }
}
