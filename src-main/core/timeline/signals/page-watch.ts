import type { JsonRecord } from '../../recording/json';
import type { ClickTrack } from './clicks';
import { startOfMoves } from './idle';
import { hasNewNodes, isResponse } from './response';
import { SelfUpdatingNodes, type SelfUpdatingState } from './self-updating';

/** What changes within this time of a move may follow the pointer, ms. */
const hoverMs = 300;
/** A pointer that went down longer ago than this belongs to no click, ms. */
const pressMs = 1000;

/** Plain JSON, to go on later. */
export interface PageWatchState {
  restless: SelfUpdatingState;
  /** What never rested when the last click came. */
  restlessAtClick: number[];
  /** When the pointer last went down, when something was last clicked or typed, when the pointer last moved; ms. */
  downAt: number;
  actedAt: number;
  movedAt: number;
  /** When parts of the page last came or went, ms. */
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

/** Tells the changes of a page that answer a click from those that would have come without it. */
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

  /** When the moves of a batch began, ms: they are recorded after what they changed on the page. */
  addMoves({ positions }: JsonRecord, at: number): number {
    const since = startOfMoves(positions, at);
    this.times.movedAt = at;
    this.selfUpdating.forgetSince(since - hoverMs);
    return since;
  }

  /** The user clicked or typed. */
  noteAct(at: number): void {
    this.times.actedAt = at;
  }

  notePointerDown(at: number): void {
    this.times.downAt = at;
  }

  /** Call with a click: when the pointer went down for it, and whether the page answered that already. */
  beginClick(at: number): { downAt: number; hasAnswered: boolean } {
    const { downAt, newNodesAt } = this.times;
    const pressedAt = at - downAt <= pressMs ? downAt : at;
    this.selfUpdatingAtClick = this.selfUpdating.find(at);
    return { downAt: pressedAt, hasAnswered: newNodesAt >= pressedAt };
  }

  /** True when parts of the page came or went. */
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
