import type { RecordedEvent } from '../../contract/recorded-event';
import { EventType, incrementalData, IncrementalSource } from './events';
import { isRecord } from './json';

/** The page that is assumed if the recording contains no size. */
export const defaultPage: PageFacts = { href: 'about:blank', width: 1280, height: 720 };

export interface PageFacts {
  href: string;
  width: number;
  height: number;
}

/** The page's address and size as a Meta event tells them, a size that is none as NaN. Never throws. */
export function readMeta({ type, data }: RecordedEvent): PageFacts | undefined {
  if (type !== EventType.Meta || !isRecord(data)) return undefined;
  const { href, width, height } = data;
  return {
    href: typeof href === 'string' ? href : defaultPage.href,
    width: readSize(width),
    height: readSize(height),
  };
}

/** Some recorders write numbers as text. An object is not asked for its number: what it answers with may be anything. */
function readSize(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
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
        window.page = { ...window.page, width: readSize(resize.width), height: readSize(resize.height) };
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
