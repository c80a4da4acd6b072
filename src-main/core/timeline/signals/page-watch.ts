import type { JsonRecord } from '../../recording/json';
import type { ClickTrack } from './clicks';
import { startOfMoves } from './idle';
import { hasNewNodes, isResponse } from './response';
import { SelfUpdatingNodes, type SelfUpdatingState } from './self-updating';

/** A change within this time after a move may be a hover effect, ms. */
const hoverMs = 300;
/** The most time between a pointer-down and its click, ms. */
const pressMs = 1000;

/** Plain JSON, to resume later. */
export interface PageWatchState {
  restless: SelfUpdatingState;
  /** The nodes that updated themselves at the time of the last click. */
  restlessAtClick: number[];
  /** The times of the last pointer-down, of the last click or keystroke, and of the last move of the pointer, ms. */
  downAt: number;
  actedAt: number;
  movedAt: number;
  /** When nodes were last added or removed, ms. */
  newNodesAt: number;
}

const initial: PageWatchState = {
  restless: [],
  restlessAtClick: [],
  downAt: 0,
  actedAt: 0,
  movedAt: 0,
  newNodesAt: 0,
};

/** Distinguishes changes that respond to a click from those that would have happened anyway. */
export class PageWatch {
  private readonly selfUpdating: SelfUpdatingNodes;
  private selfUpdatingAtClick: ReadonlySet<number>;
  private readonly times: Omit<PageWatchState, 'restless' | 'restlessAtClick'>;

  constructor(
    private readonly clicks: ClickTrack,
    private readonly deadClickMs: number,
    saved: PageWatchState = initial,
  ) {
    const { restless, restlessAtClick, ...times } = saved;
    this.selfUpdating = new SelfUpdatingNodes(restless);
    this.selfUpdatingAtClick = new Set(restlessAtClick);
    this.times = times;
  }

  save(): PageWatchState {
    return { ...this.times, restless: this.selfUpdating.save(), restlessAtClick: [...this.selfUpdatingAtClick] };
  }

  /** Returns when the moves of a batch began, ms. They are recorded after the changes that they caused. */
  addMoves({ positions }: JsonRecord, at: number): number {
    const since = startOfMoves(positions, at);
    this.times.movedAt = at;
    this.selfUpdating.forgetSince(since - hoverMs);
    return since;
  }

  /** The user clicked or typed. */
  noteAction(at: number): void {
    this.times.actedAt = at;
  }

  notePointerDown(at: number): void {
    this.times.downAt = at;
  }

  /** Returns when the pointer went down for a click, ms, and whether the page has already responded to that. */
  beginClick(at: number): { downAt: number; hasResponded: boolean } {
    const { downAt, newNodesAt } = this.times;
    const pressedAt = at - downAt <= pressMs ? downAt : at;
    this.selfUpdatingAtClick = this.selfUpdating.find(at);
    return { downAt: pressedAt, hasResponded: newNodesAt >= pressedAt };
  }

  /** Returns true if nodes were added or removed. */
  addMutation(data: JsonRecord, at: number): boolean {
    const { actedAt, movedAt } = this.times;
    if (at - actedAt > this.deadClickMs) {
      if (at - movedAt > hoverMs) this.selfUpdating.note(data, at);
    } else if (this.clicks.isAwaitingAnswer && isResponse(data, this.selfUpdatingAtClick)) this.clicks.answer(at);
    if (!hasNewNodes(data)) return false;
    this.times.newNodesAt = at;
    return true;
  }
}
