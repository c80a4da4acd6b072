import type { SearchHit, SearchMoment } from '../../../src-main/contract/search';

/** A row of the result list: a session, one of its hits, or the button for more. */
export type SearchRow =
  | { kind: 'session'; key: string; hit: SearchHit }
  | { kind: 'moment'; key: string; hit: SearchHit; moment: SearchMoment }
  | { kind: 'more'; key: string; hit: SearchHit };

/** Returns the moment at which the replay of a hit opens. Text that appears at `atMs` is painted only after it, hence + 1. */
export function openingMoment({ kind, atMs, windowId }: SearchMoment): { atMs: number; windowId: string } | undefined {
  return kind === 'session' ? undefined : { atMs: kind === 'text' ? atMs + 1 : atMs, windowId };
}

/** Returns the rows of a result. A session has a "more" row unless it is searched alone or all of its hits are listed. */
export function listRows(hits: readonly SearchHit[], isOneSession: boolean): SearchRow[] {
  return hits.flatMap((hit): SearchRow[] => {
    const { sessionId, moments, momentCount } = hit;
    const hasMore = momentCount > moments.length && !isOneSession;
    return [
      { kind: 'session', key: sessionId, hit },
      ...moments.map((moment, index) => ({ kind: 'moment' as const, key: `${sessionId}-${index}`, hit, moment })),
      ...(hasMore ? [{ kind: 'more' as const, key: `${sessionId}-more`, hit }] : []),
    ];
  });
}
