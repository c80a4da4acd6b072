import type { Emit, Privacy } from '../draft';

/** A page with more scrolled elements than this scrolls them by script. */
const scrollersLimit = 100;
/** No user scrolls this far in one event: such elements are hidden and measure something. */
const leapScreens = 64;

/** The position of a scrolled element. `y` and `screen`, the height of the viewport, are in CSS pixels. */
interface Scroll {
  id: number;
  y: number;
  screen: number;
  isPage: boolean;
  at: number;
  privacy?: Privacy | undefined;
}

/** Plain JSON, to resume later: for each scrolled element, the depth in screens of its next entry. */
export interface ScrollState {
  next: Record<string, number>;
}

/**
 * Detects how far the user scrolled down. A recording doesn't contain the length of a page, so the depth is counted in screens (heights
 * of the viewport). A page gets an entry when 1, 2, 4, 8 … screens are first reached: few entries, and each is final.
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

  add({ id, y, screen, isPage, at, privacy }: Scroll): void {
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
      verb: 'scrolled',
      nodeId: id,
      facts: { screens, ...(!isPage && { isSection: true }) },
      privacy,
    });
  }
}
