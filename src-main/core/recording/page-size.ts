import type { RecordedEvent, SessionEvent } from '../../contract/recorded-event';
import { EventType, incrementalData, IncrementalSource } from './events';
import { isRecord } from './json';

/** What is assumed of a page when nothing in the recording says its size. */
const defaultPage: PageFacts = { href: 'about:blank', width: 1280, height: 720 };

export interface PageFacts {
  href: string;
  width: number;
  height: number;
}

/** The page's address and size as a Meta event tells them; the event's shape has been checked. */
export function readMeta({ type, data }: RecordedEvent): PageFacts | undefined {
  if (type !== EventType.Meta || !isRecord(data)) return undefined;
  return { href: String(data.href), width: Number(data.width), height: Number(data.height) };
}

/**
 * A Replayer needs the page's size before its picture. Where a full snapshot has no Meta of its own, one is put before it with
 * what is known last in its window, else next, else a common size. Says how many were put in.
 */
export function addMissingMetas(events: readonly SessionEvent[]): { events: SessionEvent[]; added: number } {
  const complete: SessionEvent[] = [];
  const windows = new Map<string, { page: PageFacts | undefined; isMetaFresh: boolean }>();
  const later = firstMetas(events);
  let added = 0;
  for (const sessionEvent of events) {
    const { windowId, event } = sessionEvent;
    const window = windows.get(windowId) ?? { page: undefined, isMetaFresh: false };
    windows.set(windowId, window);
    const meta = readMeta(event);
    const resize = incrementalData(event, IncrementalSource.ViewportResize);
    if (meta) {
      window.page = meta;
      window.isMetaFresh = true;
    } else if (resize && window.page) {
      window.page = { ...window.page, width: Number(resize.width), height: Number(resize.height) };
    } else if (event.type === EventType.FullSnapshot) {
      if (!window.isMetaFresh) {
        const page = window.page ?? later.get(windowId) ?? defaultPage;
        complete.push({ windowId, event: { type: EventType.Meta, data: { ...page }, timestamp: event.timestamp } });
        added++;
      }
      window.isMetaFresh = false;
    }
    complete.push(sessionEvent);
  }
  return { events: added > 0 ? complete : [...events], added };
}

function firstMetas(events: readonly SessionEvent[]): Map<string, PageFacts> {
  const metas = new Map<string, PageFacts>();
  for (const { windowId, event } of events) {
    const meta = metas.has(windowId) ? undefined : readMeta(event);
    if (meta) metas.set(windowId, meta);
  }
  return metas;
}
