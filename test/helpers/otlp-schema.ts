import { readFixtureMembers } from './fixture-archive';

type Fields = ReadonlyMap<string, { type: string; isList: boolean }>;

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  // JSON of protocol buffers writes 64-bit numbers, and so OTLP's times, as strings.
  fixed64: (value) => typeof value === 'string' && /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n,
  int64: (value) =>
    typeof value === 'string' && /^-?\d{1,19}$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value),
  double: (value) => typeof value === 'number',
  uint32: (value) => Number.isInteger(value),
  fixed32: (value) => Number.isInteger(value),
  SeverityNumber: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 24,
  bytes: (value) => typeof value === 'string' && /^([\dA-F]{2})*$/i.test(value),
};

/** Returns a check of exported logs against OpenTelemetry's protocol files: JSON names, types, repeated keys. */
export async function otlpChecker(): Promise<(logs: unknown) => string[]> {
  const files = (await readFixtureMembers('schemas/otlp.tar.gz')).filter(({ name }) => name.endsWith('.proto'));
  const messages = new Map<string, Fields>();
  for (const { bytes } of files) {
    const source = bytes.toString().replace(/\/\/.*$/gm, '');
    for (const [, name = '', body = ''] of source.matchAll(/^message (\w+) \{([\s\S]*?)^\}/gm)) {
      const fields = [...body.matchAll(/^\s*(repeated )?([\w.]+) (\w+) = \d+/gm)].map(
        ([, repeated, type = '', field = '']) =>
          [
            field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
            { type: type.split('.').at(-1) ?? '', isList: repeated !== undefined },
          ] as const,
      );
      messages.set(name, new Map(fields));
    }
  }
  const walk = (value: unknown, type: string, path: string): string[] => {
    const isFine = scalars[type];
    if (isFine) return isFine(value) ? [] : [`${path} is no ${type}`];
    const fields = messages.get(type);
    if (!fields || typeof value !== 'object' || value === null) return [`${path} is no ${type}`];
    return Object.entries(value).flatMap(([name, inner]) => {
      const field = fields.get(name);
      if (!field) return [`${path}.${name} is not known`];
      if (Array.isArray(inner) !== field.isList) return [`${path}.${name} is a list, or should be`];
      const values: unknown[] = Array.isArray(inner) ? inner : [inner];
      const keys = values.flatMap((one) => (field.type === 'KeyValue' ? [(one as { key: string }).key] : []));
      return [
        ...(new Set(keys).size === keys.length ? [] : [`${path}.${name} repeats a key`]),
        ...values.flatMap((one) => walk(one, field.type, `${path}.${name}`)),
      ];
    });
  };
  return (logs) => walk(logs, 'ExportLogsServiceRequest', '');
}
