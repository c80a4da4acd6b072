import type { TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';

/** What the seek bar marks, the least important first: later ones are drawn on top. */
const markKinds = ['page', 'lost', 'dead', 'rage', 'error', 'note'] as const;
type MarkKind = (typeof markKinds)[number];

export interface SeekMark {
  kind: MarkKind;
  atMs: number;
  text: string;
}

const markOfKind: Partial<Record<TimelineKind, MarkKind>> = {
  error: 'error',
  'console-error': 'error',
  'network-error': 'error',
  'rage-click': 'rage',
  'dead-click': 'dead',
  lost: 'lost',
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

/** A stretch in which the user did nothing, or of which nothing was recorded. */
export interface QuietSpan {
  kind: 'idle' | 'gap';
  fromMs: number;
  toMs: number;
}

/** Quiet stretches inside the recording, gaps last: they are drawn on top. An entry of one stands at its start. */
export function quietSpans(entries: readonly TimelineEntry[], durationMs: number): QuietSpan[] {
  const spans = entries.flatMap(({ kind, atMs, durationMs: spanMs }): QuietSpan[] => {
    if ((kind !== 'idle' && kind !== 'gap') || !spanMs) return [];
    const fromMs = Math.min(Math.max(0, atMs), durationMs);
    const toMs = Math.min(atMs + spanMs, durationMs);
    return toMs > fromMs ? [{ kind, fromMs, toMs }] : [];
  });
  return spans.sort((a, b) => Number(a.kind === 'gap') - Number(b.kind === 'gap'));
}

const inactiveKinds: ReadonlySet<TimelineKind> = new Set(['idle', 'gap', 'lost', 'note']);

/** How busy each of `count` equal stretches is, 0 to 1 of the busiest. Silence, losses and notes are no activity of the user. */
export function activity(entries: readonly TimelineEntry[], durationMs: number, count: number): number[] {
  const buckets = new Array<number>(count).fill(0);
  if (durationMs <= 0) return buckets;
  for (const entry of entries) {
    if (inactiveKinds.has(entry.kind)) continue;
    const index = Math.min(count - 1, Math.max(0, Math.floor((entry.atMs / durationMs) * count)));
    buckets[index] = (buckets[index] ?? 0) + 1;
  }
  const most = Math.max(1, ...buckets);
  return buckets.map((amount) => amount / most);
}
