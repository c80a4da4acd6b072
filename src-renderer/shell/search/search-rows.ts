import type { SearchHit, SearchMoment } from '../../../src-main/contract/search';

/** A line of the result list: a session, or one of the places in it. */
export type SearchRow =
  | { kind: 'session'; key: string; hit: SearchHit }
  | { kind: 'moment'; key: string; hit: SearchHit; moment: SearchMoment }
  | { kind: 'more'; key: string; hit: SearchHit };

/** Where a replay opens for a place. At the moment itself it shows the page as it was before; text that came with it is there after it. */
export function openingMoment({ kind, atMs, windowId }: SearchMoment): { atMs: number; windowId: string } | undefined {
  return kind === 'session' ? undefined : { atMs: kind === 'text' ? atMs + 1 : atMs, windowId };
}

/** The lines of a result. Of a session that is searched alone, or whose places are all there, nothing more is offered. */
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
