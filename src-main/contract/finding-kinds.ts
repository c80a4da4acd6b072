/** The kinds of findings that detectors report, in order of precedence: if two findings overlap in part, the earlier kind wins. */
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

/** Excludes dates: they reveal little on their own, and interfaces are full of them. */
export const defaultFindingKinds: readonly FindingKind[] = findingKinds.filter((kind) => kind !== 'date');
