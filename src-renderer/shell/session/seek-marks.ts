import type { TimelineEntry, TimelineKind } from '../../../src-main/contract/timeline';
import { entryText } from '../../../src-main/contract/words/timeline';

/** The kinds of marks, least important first: later ones are drawn on top. */
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

/** The number of positions on the seek bar. A finer grid would only draw marks on top of each other. */
const positions = 600;

/** Returns the marks of a timeline in drawing order, at most one of each kind per position. */
export function seekMarks(entries: readonly TimelineEntry[], durationMs: number): SeekMark[] {
  const taken = new Set<string>();
  const marks = entries.flatMap((entry): SeekMark[] => {
    const kind = markOfKind[entry.kind];
    if (!kind) return [];
    const position = `${kind}-${Math.round((entry.atMs / Math.max(1, durationMs)) * positions)}`;
    if (taken.has(position)) return [];
    taken.add(position);
    return [{ kind, atMs: entry.atMs, text: entryText(entry) }];
  });
  return marks.sort((a, b) => markKinds.indexOf(a.kind) - markKinds.indexOf(b.kind));
}

/** Returns the mark nearest to a time within the tolerance; on a tie the one drawn on top. */
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

/** A span in which the user did nothing, or nothing was recorded. */
export interface QuietSpan {
  kind: 'idle' | 'gap';
  fromMs: number;
  toMs: number;
}

/** Returns the quiet spans inside the recording, gaps last, so that they are drawn on top. */
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

/** Returns the activity in `count` equal spans, 0 to 1 relative to the busiest. Idle spans, losses and notes don't count as activity. */
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
