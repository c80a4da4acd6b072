import Ajv2020 from 'ajv/dist/2020.js';
import addFormats, { type FormatsPlugin } from 'ajv-formats';
import { readFixtureMembers } from './fixture-archive';

/** Returns a check of a bundle against OASIS's schemas of STIX 2.1: of the bundle, and of each object by the schema of its type. */
export async function stixChecker(): Promise<(bundle: unknown) => string[]> {
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, formats: { 'idn-hostname': true } });
  // In its CommonJS build the function is the default export's default.
  (addFormats as unknown as { default: FormatsPlugin }).default(ajv);
  const byName = new Map<string, string>();
  for (const { name, bytes } of await readFixtureMembers('schemas/stix2.1.tar.gz')) {
    const schema = name.endsWith('.json') ? (JSON.parse(bytes.toString()) as { $id?: string }) : {};
    // The archive also contains examples and schemas of an interoperability test.
    if (schema.$id?.includes('/schemas/') !== true) continue;
    ajv.addSchema(schema);
    byName.set(name.replace('.json', ''), schema.$id);
  }
  const check = (name: string, value: unknown): string[] => {
    const validate = ajv.getSchema(byName.get(name) ?? '');
    if (!validate) return [`no schema for ${name}`];
    void validate(value);
    return (validate.errors ?? []).map((error) => `${name}${error.instancePath} ${error.message ?? ''}`);
  };
  return (bundle) => {
    const { objects } = bundle as { objects: { type: string; id: string }[] };
    const ids = new Set(objects.map(({ id }) => id));
    const lost = JSON.stringify(objects).match(/(?<="(?:created_by_ref|object_refs)":\[?")[^"]+/g) ?? [];
    return [
      // The bundle's schema lacks notes, so a bundle with notes would be invalid. Each note is checked against its own schema.
      ...check('bundle', { ...(bundle as object), objects: objects.filter(({ type }) => type !== 'note') }),
      ...objects.flatMap((object) => check(object.type, object)),
      ...(ids.size === objects.length ? [] : ['two objects of one id']),
      ...lost.filter((id) => !ids.has(id)).map((id) => `refers to ${id}, which is not there`),
    ];
  };
}
