/** What detectors tell apart in a text, in the order of precedence: where two findings overlap in part, the earlier kind keeps its place. */
export const findingKinds = [
  'own',
  'url-credentials',
  'secret',
  'jwt',
  'email',
  'card',
  'iban',
  'national-id',
  'url',
  'mac',
  'ip',
  'coordinates',
  'birth-date',
  'phone',
  'address',
  'person',
  'date',
] as const;

export type FindingKind = (typeof findingKinds)[number];

/** Dates say little by themselves, and interfaces are full of them. */
export const defaultFindingKinds: readonly FindingKind[] = findingKinds.filter((kind) => kind !== 'date');
