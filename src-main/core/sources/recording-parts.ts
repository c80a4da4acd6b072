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

/**
 * Sorts the parts of a recording by their numbers, whatever their width, or by time if the names have nothing in common. `missing` is the
 * number of parts that the numbers leave out: numbers start with 0 or 1.
 */
export function orderParts<T extends StoredPart>(parts: readonly T[]): { ordered: T[]; missing: number } {
  const named = parts.map((part) => ({ part, pieces: part.part.split(/(\d+)/) }));
  const [first] = named;
  if (!first) return { ordered: [], missing: 0 };
  const isAlike = named.every(
    ({ pieces }) =>
      pieces.length === first.pieces.length &&
      pieces.every((piece, index) => index % 2 === 1 || piece === first.pieces[index]),
  );
  const sorted = named.sort(
    (one, other) =>
      (isAlike ? 0 : one.part.modifiedAt - other.part.modifiedAt) || comparePieces(one.pieces, other.pieces),
  );
  const ordered = sorted.map(({ part }) => part);
  if (!isAlike) return { ordered, missing: 0 };
  const numbered = first.pieces.flatMap((piece, index) => {
    const isNumber = index % 2 === 1;
    return isNumber && (parts.length === 1 || named.some(({ pieces }) => pieces[index] !== piece)) ? [index] : [];
  });
  // With several numbers in the names, such as those of a date, none of them counts the parts.
  const [at, another] = numbered;
  if (at === undefined || another !== undefined) return { ordered, missing: 0 };
  return { ordered, missing: countMissing(sorted.map(({ pieces }) => pieces[at] ?? '')) };
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
function countMissing(numbers: readonly string[]): number {
  if (numbers.some((digits) => digits.length > indexDigits)) return 0;
  const indexes = [...new Set(numbers.map(Number))];
  const first = Math.min(indexes[0] ?? 0, 1);
  const missing = (indexes.at(-1) ?? 0) - first + 1 - indexes.length;
  const hasNeighbours = indexes.some((index, at) => at > 0 && index - (indexes[at - 1] ?? 0) === 1);
  // Positions in a stream increase by more than one each time.
  const isCounted = indexes.length < 3 ? missing < mostLostAlone : hasNeighbours;
  return isCounted ? missing : 0;
}
