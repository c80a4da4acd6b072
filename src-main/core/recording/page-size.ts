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

/** Reads the page's address and size from a Meta event. An invalid size becomes NaN. Never throws. */
export function readMeta({ type, data }: RecordedEvent): PageFacts | undefined {
  if (type !== EventType.Meta || !isRecord(data)) return undefined;
  const { href, width, height } = data;
  return {
    href: typeof href === 'string' ? href : defaultPage.href,
    width: readSize(width),
    height: readSize(height),
  };
}

/** Some recorders write numbers as strings. Objects aren't converted, because their conversion could return anything or throw. */
function readSize(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
}

/**
 * A Replayer needs the page's size before its full snapshot. For a snapshot without a Meta, provides the Meta to insert before it: with the
 * last known size of its window, otherwise the next known one, otherwise a common size.
 */
export class MissingMetas {
  private readonly windows = new Map<string, { page: PageFacts | undefined; isMetaFresh: boolean }>();

  /** Call with the events of all windows in order. `findNext` looks for the window's next Meta if no size is known. */
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
