import type { RecordedEvent } from '../../contract/recorded-event';
import { EventType, incrementalData, IncrementalSource } from './events';
import { isRecord } from './json';

/** What is assumed of a page when nothing in the recording says its size. */
export const defaultPage: PageFacts = { href: 'about:blank', width: 1280, height: 720 };

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
 * A Replayer needs the page's size before its picture. For a full snapshot that has no Meta of its own, tells the one to put before
 * it: with what is known last in its window, else next, else a common size.
 */
export class MissingMetas {
  private readonly windows = new Map<string, { page: PageFacts | undefined; isMetaFresh: boolean }>();

  /** Takes the events of all windows in order; `findNext` is asked for the window's next Meta where nothing else is known. */
  take(windowId: string, event: RecordedEvent, findNext: () => PageFacts | undefined): RecordedEvent | undefined {
    const { type } = event;
    if (type === EventType.Meta) {
      this.windows.set(windowId, { page: readMeta(event), isMetaFresh: true });
      return undefined;
    }
    if (type !== EventType.FullSnapshot && type !== EventType.IncrementalSnapshot) return undefined;
    const window = this.windows.get(windowId);
    if (type === EventType.IncrementalSnapshot) {
      const resize = window?.page && incrementalData(event, IncrementalSource.ViewportResize);
      if (resize && window.page) {
        window.page = { ...window.page, width: Number(resize.width), height: Number(resize.height) };
      }
      return undefined;
    }
    if (window?.isMetaFresh) {
      window.isMetaFresh = false;
      return undefined;
    }
    const page = window?.page ?? findNext() ?? defaultPage;
    return { type: EventType.Meta, data: { ...page }, timestamp: event.timestamp };
  }
}
