import { isFiniteNumber, type JsonRecord } from '../../recording/json';
import type { ClickTrack } from './clicks';
import { startOfMoves } from './idle';
import { hasNewNodes, isResponse } from './response';
import { SelfUpdatingNodes, type SelfUpdatingState } from './self-updating';

/** A change within this time after a move may be a hover effect, ms. */
const hoverMs = 300;
/** The most time between a pointer-down and its click, ms. */
const pressMs = 1000;
/** A pointer that moves further than this while it is down, CSS pixels, drags something. */
const dragPx = 10;
/** The most time between a pointer-down and its click if text is selected in between, ms. */
const selectMs = 30_000;

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
  /** Where the pointer last went down, CSS pixels. Absent in states stored by earlier versions, like all fields below. */
  downX?: number | undefined;
  downY?: number | undefined;
  /** When text was last selected, and when a selection was last cleared, ms. */
  selectedAt?: number | undefined;
  clearedAt?: number | undefined;
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

  notePointerDown(at: number, x: unknown, y: unknown): void {
    this.times.downAt = at;
    this.times.downX = isFiniteNumber(x) ? x : undefined;
    this.times.downY = isFiniteNumber(y) ? y : undefined;
  }

  noteSelection(change: 'made' | 'cleared', at: number): void {
    if (change === 'made') this.times.selectedAt = at;
    else this.times.clearedAt = at;
  }

  /**
   * Returns when the pointer went down for a click, ms, and whether the click already had an effect: the page has responded to the
   * pointer-down, or the user has selected text or dragged something. `isControl`: a control was clicked, so clearing the selection is
   * not its effect.
   */
  beginClick(at: number, x: unknown, y: unknown, isControl: boolean): { downAt: number; hasResponded: boolean } {
    const { downAt, newNodesAt, selectedAt = 0, clearedAt = 0 } = this.times;
    const pressedAt = at - downAt <= pressMs ? downAt : at;
    const selectsSince = at - downAt <= selectMs ? downAt : at;
    this.selfUpdatingAtClick = this.selfUpdating.find(at);
    const hasSelected = selectedAt >= selectsSince || (!isControl && clearedAt >= selectsSince);
    this.times.selectedAt = this.times.clearedAt = 0;
    return { downAt: pressedAt, hasResponded: newNodesAt >= pressedAt || hasSelected || this.isDrag(x, y) };
  }

  private isDrag(x: unknown, y: unknown): boolean {
    const { downX, downY } = this.times;
    if (downX === undefined || downY === undefined || !isFiniteNumber(x) || !isFiniteNumber(y)) return false;
    return Math.hypot(x - downX, y - downY) > dragPx;
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
