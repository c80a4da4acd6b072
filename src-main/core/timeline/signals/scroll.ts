import { timelineWords } from '../../../contract/words/timeline';
import type { Emit } from '../draft';

/** A page with more scrolled parts than this scrolls by itself. */
const scrollersLimit = 100;
/** Nobody gets this far down with one event: parts that scroll so are hidden, and measure something. */
const leapScreens = 64;

/** Plain JSON, to go on later: of each scrolled part of the page, the depth in screens at which it is told next. */
export interface ScrollState {
  next: Record<string, number>;
}

/**
 * How far down the user has been. A recording doesn't say how long a page is, so depth counts in heights of the window; it is told
 * when one, two, four, eight … of them are first reached on a page: few lines, and each is final.
 */
export class ScrollTrack {
  private readonly next: Map<number, number>;

  constructor(
    private readonly emit: Emit,
    saved?: ScrollState,
  ) {
    this.next = new Map(Object.entries(saved?.next ?? {}).map(([id, depth]) => [Number(id), depth]));
  }

  save(): ScrollState {
    return { next: Object.fromEntries(this.next) };
  }

  /** Another page is open. */
  clear(): void {
    this.next.clear();
  }

  /** `y` and `screen`, the window's height, in CSS pixels. */
  add(id: number, y: number, screen: number, isPage: boolean, at: number): void {
    if (screen <= 0 || y < screen) return;
    const next = this.next.get(id) ?? 1;
    if (y < next * screen || (this.next.size >= scrollersLimit && !this.next.has(id))) return;
    const screens = 2 ** Math.floor(Math.log2(y / screen));
    this.next.set(id, screens * 2);
    if (screens / next >= leapScreens) return;
    this.emit({
      at,
      kind: 'scroll',
      severity: 'info',
      text: timelineWords.scrolled(screens, isPage),
      nodeId: id,
      details: { screens },
    });
  }
}
