/** A file with a part of a recording, as a store lists it. */
export interface StoredPart {
  /** The text that distinguishes the part from the others of its recording. */
  part: string;
  /** Last modified, ms since 1970. */
  modifiedAt: number;
}

/** Numbers with more digits are times. */
const indexDigits = 9;
/** Of one or two parts, a number from here on isn't an index: earlier parts would be most of the recording. */
const mostLostAlone = 1000;

const recordingEnding = /\.(json|jsonl|ndjson|rrweb|txt|log|bin|dat|gz|gzip|zst|zstd)$/i;
const description = /meta-?data|manifest/i;
const otherDescription =
  /^(?:[^\d]*[._-])?(?:meta|index|info|summary|status|state|session|readme|success|done|config)$/i;

/** Returns false for a file beside the parts: one that describes the recording, and one that can't contain events. */
export function isRecordingPart(part: string): boolean {
  const name = part.slice(part.lastIndexOf('/') + 1);
  if (name === '' || /^[._]/.test(name)) return false;
  let stem = name;
  while (recordingEnding.test(stem)) stem = stem.replace(recordingEnding, '');
  // Another ending is that of another kind of file, unless it is a number.
  if (/\.[a-z][a-z0-9]{0,5}$/i.test(stem)) return false;
  return !description.test(stem) && !otherDescription.test(stem);
}

/** The parts of a recording in order. */
export interface OrderedParts<T> {
  /** The numbered parts. */
  ordered: T[];
  /** The number of parts that the numbers leave out: numbers start with 0 or 1. */
  missing: number;
  /** Files with other names than most. They may contain events, but they say nothing about the number of parts. */
  others: T[];
}

/**
 * Sorts the parts of a recording by their numbers, whatever their width. The name pattern of more than half of them decides: one file beside
 * them doesn't hide a gap. Without such a pattern, all are sorted by time, and none is missing.
 */
export function orderParts<T extends StoredPart>(parts: readonly T[]): OrderedParts<T> {
  const named = parts.map((part) => ({ part, pieces: part.part.split(/(\d+)/) }));
  const groups = new Map<string, (typeof named)[number][]>();
  for (const each of named) {
    const pattern = patternOf(each.pieces);
    const group = groups.get(pattern);
    if (group) group.push(each);
    else groups.set(pattern, [each]);
  }
  const most = [...groups.values()].find((group) => group.length * 2 > named.length);
  const [sample] = most ?? [];
  if (!most || !sample) return { ordered: named.sort(byTime).map(({ part }) => part), missing: 0, others: [] };
  const sorted = most.toSorted((one, other) => comparePieces(one.pieces, other.pieces));
  const beside = named.filter((each) => !most.includes(each)).sort(byTime);
  const first = beside.filter(({ part }) => part.part === unnumbered(sample.pieces));
  return {
    ordered: [...first, ...sorted].map(({ part }) => part),
    missing: countGaps(sorted, first.length),
    others: beside.filter((each) => !first.includes(each)).map(({ part }) => part),
  };
}

interface Named {
  part: StoredPart;
  /** The name, split at its numbers: those are at odd indices. */
  pieces: readonly string[];
}

const byTime = (one: Named, other: Named): number =>
  one.part.modifiedAt - other.part.modifiedAt || comparePieces(one.pieces, other.pieces);

/** The text between the numbers, with a character that no name of a file has in place of each. */
const patternOf = (pieces: readonly string[]): string => pieces.filter((_, index) => index % 2 === 0).join('\0');

/** Returns the name that the first part may have beside numbered ones: `events.json` beside `events-2.json`. */
function unnumbered(pieces: readonly string[]): string | undefined {
  if (pieces.length !== 3) return undefined;
  const stem = pieces[0]?.replace(/[-_. ]+$/, '') ?? '';
  return stem === '' ? undefined : `${stem}${pieces[2] ?? ''}`;
}

/** `before` is the number of parts without a number before the others. */
function countGaps(sorted: readonly Named[], before: number): number {
  const [sample] = sorted;
  const numbered = (sample?.pieces ?? []).flatMap((piece, index) => {
    const isNumber = index % 2 === 1;
    return isNumber && (sorted.length === 1 || sorted.some(({ pieces }) => pieces[index] !== piece)) ? [index] : [];
  });
  // With several numbers in the names, such as those of a date, none of them counts the parts.
  const [at, another] = numbered;
  if (at === undefined || another !== undefined) return 0;
  return countMissing(
    sorted.map(({ pieces }) => pieces[at] ?? ''),
    before,
  );
}

function comparePieces(one: readonly string[], other: readonly string[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const [left = '', right = ''] = [one[index], other[index]];
    const order = index % 2 === 1 ? compareNumbers(left, right) : compareTexts(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

/** Compares numbers of any length. */
function compareNumbers(one: string, other: string): number {
  const [left, right] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  return left.length - right.length || compareTexts(left, right);
}

const compareTexts = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** `numbers` are sorted. */
function countMissing(numbers: readonly string[], before: number): number {
  if (numbers.some((digits) => digits.length > indexDigits)) return 0;
  const indexes = [...new Set(numbers.map(Number))];
  const first = Math.min(indexes[0] ?? 0, 1 + before);
  const missing = (indexes.at(-1) ?? 0) - first + 1 - indexes.length;
  const hasNeighbours = indexes.some((index, at) => at > 0 && index - (indexes[at - 1] ?? 0) === 1);
  // Positions in a stream increase by more than one each time.
  const isCounted = indexes.length < 3 ? missing < mostLostAlone : hasNeighbours;
  return isCounted ? missing : 0;
}
