import { readFixtureMembers } from './fixture-archive';
import { parseCsv } from './parse-csv';

const patterns: Readonly<Record<string, (value: unknown) => boolean>> = {
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  long: Number.isSafeInteger,
  object: (value) => typeof value === 'object' && value !== null,
};
const isText = (value: unknown): boolean => typeof value === 'string';

/** Returns a check of a document against the field list of ECS 9.4: unknown names, wrong types, lists, and values that aren't allowed. */
export async function ecsChecker(): Promise<(document: unknown) => string[]> {
  const members = await readFixtureMembers('schemas/ecs.tar.gz');
  const read = (wanted: string): string => members.find(({ name }) => name === wanted)?.bytes.toString() ?? '';
  const [, ...rows] = parseCsv(read('fields.csv'));
  const fields = new Map(
    rows.map(([, , , name, type, , normalization]) => [name, { type, isList: normalization === 'array' }]),
  );
  const yaml = read('ecs_flat.yml');
  const version = read('version').trim();
  const allowed = (field: string): Map<string, string[]> => {
    const part = new RegExp(`^${field.replace('.', '\\.')}:\\n((?:  .*\\n|\\n)+)`, 'm').exec(yaml)?.[1] ?? '';
    const items = part.split(/^  - /m).slice(1);
    return new Map(
      items.flatMap((item) => {
        const name = /^\s*name: (\S+)/m.exec(item)?.[1];
        return name === undefined
          ? []
          : [[name, [...item.matchAll(/^ {4}- (\S+)/gm)].map(([, type]) => type ?? '')] as const];
      }),
    );
  };
  const words = new Map(
    ['event.kind', 'event.category', 'event.type', 'event.outcome'].map((name) => [name, allowed(name)]),
  );

  const walk = (value: unknown, path: string): string[] => {
    const field = fields.get(path);
    if (path === 'labels') {
      return Object.values(value as object).every(isText) ? [] : ['a label that is no keyword'];
    }
    if (!field || field.type === 'object') {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`no field ${path}`];
      return Object.entries(value).flatMap(([name, inner]) => walk(inner, path === '' ? name : `${path}.${name}`));
    }
    if (Array.isArray(value) !== field.isList) return [`${path} is a list, or should be`];
    const values: unknown[] = Array.isArray(value) ? value : [value];
    const isFine = patterns[field.type ?? ''] ?? isText;
    return values.flatMap((one) => [
      ...(isFine(one) ? [] : [`${path} is no ${field.type}`]),
      ...(words.get(path)?.has(String(one)) === false ? [`${path} knows no ${String(one)}`] : []),
    ]);
  };
  return (document) => {
    const { event, ecs } = document as { event: { category: string[]; type: string[] }; ecs: { version: string } };
    const expected = event.category.flatMap((category) => words.get('event.category')?.get(category) ?? []);
    return [
      ...walk(document, ''),
      ...event.type
        .filter((type) => !expected.includes(type))
        .map((type) => `${type} is not expected of ${event.category.join()}`),
      ...(ecs.version === version ? [] : ['another version']),
    ];
  };
}
