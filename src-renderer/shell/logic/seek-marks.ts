import type { TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';

/** What the seek bar marks, the least important first: later ones are drawn on top. */
const markKinds = ['page', 'rage', 'error', 'note'] as const;
type MarkKind = (typeof markKinds)[number];

export interface SeekMark {
  kind: MarkKind;
  atMs: number;
  text: string;
}

const markOfKind: Partial<Record<TimelineKind, MarkKind>> = {
  'console-error': 'error',
  'network-error': 'error',
  'rage-click': 'rage',
  navigation: 'page',
  note: 'note',
};

/** So many places can a mark stand at: more would lie on top of each other and only cost time. */
const places = 600;

/** The marks of a timeline, in the order in which they are drawn; of one kind at most one a place. */
export function seekMarks(entries: readonly TimelineEntry[], durationMs: number): SeekMark[] {
  const taken = new Set<string>();
  const marks = entries.flatMap((entry): SeekMark[] => {
    const kind = markOfKind[entry.kind];
    if (!kind) return [];
    const place = `${kind}-${Math.round((entry.atMs / Math.max(1, durationMs)) * places)}`;
    if (taken.has(place)) return [];
    taken.add(place);
    return [{ kind, atMs: entry.atMs, text: entry.text }];
  });
  return marks.sort((a, b) => markKinds.indexOf(a.kind) - markKinds.indexOf(b.kind));
}

/** The mark that a pointer at this time means, if one is near enough; on a tie the one drawn on top. */
export function nearestMark(marks: readonly SeekMark[], atMs: number, toleranceMs: number): SeekMark | undefined {
  let nearest: SeekMark | undefined;
  let nearestMs = toleranceMs;
  for (const mark of marks) {
    const distanceMs = Math.abs(mark.atMs - atMs);
    if (distanceMs <= nearestMs) {
      nearest = mark;
      nearestMs = distanceMs;
    }
  }
  return nearest;
}

/** A stretch in which the user did nothing. */
export interface IdleSpan {
  fromMs: number;
  toMs: number;
}

/** Idle stretches inside the recording. An `idle` entry stands at the start of its stretch. */
export function idleSpans(entries: readonly TimelineEntry[], durationMs: number): IdleSpan[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'idle' || !entry.durationMs) return [];
    const fromMs = Math.min(Math.max(0, entry.atMs), durationMs);
    const toMs = Math.min(entry.atMs + entry.durationMs, durationMs);
    return toMs > fromMs ? [{ fromMs, toMs }] : [];
  });
}

/** How busy each of `count` equal stretches is, 0 to 1 of the busiest. Idle and notes are no activity of the user. */
export function activity(entries: readonly TimelineEntry[], durationMs: number, count: number): number[] {
  const buckets = new Array<number>(count).fill(0);
  if (durationMs <= 0) return buckets;
  for (const entry of entries) {
    if (entry.kind === 'idle' || entry.kind === 'note') continue;
    const index = Math.min(count - 1, Math.max(0, Math.floor((entry.atMs / durationMs) * count)));
    buckets[index] = (buckets[index] ?? 0) + 1;
  }
  const most = Math.max(1, ...buckets);
  return buckets.map((amount) => amount / most);
}
