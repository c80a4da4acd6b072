import type { DomModel } from '../../recording/model/dom-model';
import { isFiniteNumber, type JsonRecord } from '../../recording/json';
import type { ClickTrack } from './clicks';
import { startOfMoves } from './idle';
import { hasNewNodes, isResponse, isVisibleChange } from './response';
import { Ripples } from './ripples';
import { SelfUpdatingNodes, type SelfUpdatingState } from './self-updating';

/** A change within this time after a move may be a hover effect, ms. */
const hoverMs = 300;
/** The most time between a pointer-down and its click, ms. */
const pressMs = 1000;
/** A pointer that moves further than this while it is down, CSS pixels, drags something. */
const dragPx = 10;
/** Drawings of an animation are noted at most this often, ms, so that they leave room for other changes. */
const drawingMs = 500;
/** An element that gets the focus gets it within this time after another has lost it, ms. */
const focusMs = 100;
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
  /** When the page last changed visibly, ms. Stored under this name in vaults, so it can't be renamed. */
  newNodesAt: number;
  /** The position of the last pointer-down, CSS pixels. Absent in states stored by earlier versions, like all fields below. */
  downX?: number | undefined;
  downY?: number | undefined;
  /** When text was last selected, and when a selection was last cleared, ms. */
  selectedAt?: number | undefined;
  clearedAt?: number | undefined;
  /** When the last click was, and when the focus left its control although the pointer stayed up, ms. */
  clickedAt?: number | undefined;
  blurredAt?: number | undefined;
  ripples?: number[] | undefined;
  /** When an animation of a canvas was last noted, ms. */
  drawnAt?: number | undefined;
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
  private readonly ripples: Ripples;
  private readonly times: Omit<PageWatchState, 'restless' | 'restlessAtClick' | 'ripples'>;

  constructor(
    private readonly clicks: ClickTrack,
    private readonly deadClickMs: number,
    saved: PageWatchState = initial,
  ) {
    const { restless, restlessAtClick, ripples, ...times } = saved;
    this.ripples = new Ripples(ripples);
    this.selfUpdating = new SelfUpdatingNodes(restless);
    this.selfUpdatingAtClick = new Set(restlessAtClick);
    this.times = times;
  }

  save(): PageWatchState {
    return {
      ...this.times,
      restless: this.selfUpdating.save(),
      restlessAtClick: [...this.selfUpdatingAtClick],
      ripples: this.ripples.save(),
    };
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

  /** When the user last clicked or typed, ms. */
  get actedAt(): number {
    return this.times.actedAt;
  }

  notePointerDown(at: number, x: unknown, y: unknown): void {
    this.selfUpdatingAtClick = this.selfUpdating.find(at);
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
    if (pressedAt === at) this.selfUpdatingAtClick = this.selfUpdating.find(at);
    this.times.clickedAt = at;
    this.times.blurredAt = undefined;
    const hasSelected = selectedAt >= selectsSince || (!isControl && clearedAt >= selectsSince);
    const hasResponded = newNodesAt >= pressedAt || hasSelected || this.isDrag(x, y);
    // A pointer-down and a selection belong to one click. A recorder may leave out the pointer-down of the next one.
    Object.assign(this.times, { selectedAt: 0, clearedAt: 0, downAt: 0, downX: undefined, downY: undefined });
    return { downAt: pressedAt, hasResponded };
  }

  /** Notes that an element has lost the focus. If no other gets it, a file dialog, a print dialog or another window has. */
  noteBlur(at: number): void {
    const { clickedAt, downAt } = this.times;
    if (clickedAt !== undefined && downAt <= clickedAt) this.times.blurredAt = at;
  }

  noteFocus(): void {
    this.times.blurredAt = undefined;
  }

  settle(now: number): void {
    const { blurredAt } = this.times;
    if (blurredAt === undefined || now - blurredAt <= focusMs) return;
    this.times.blurredAt = undefined;
    this.clicks.answer(blurredAt);
  }

  private isDrag(x: unknown, y: unknown): boolean {
    const { downX, downY } = this.times;
    if (downX === undefined || downY === undefined || !isFiniteNumber(x) || !isFiniteNumber(y)) return false;
    return Math.hypot(x - downX, y - downY) > dragPx;
  }

  /** Notes that something was drawn on a canvas. Animations draw all the time. */
  addDrawing(id: unknown, at: number): void {
    const { actedAt, movedAt, drawnAt = 0 } = this.times;
    if (at - actedAt > this.deadClickMs) {
      if (at - movedAt <= hoverMs || at - drawnAt < drawingMs) return;
      this.times.drawnAt = at;
      this.selfUpdating.note({ attributes: [{ id }] }, at);
    } else if (!this.selfUpdatingAtClick.has(id as number)) {
      this.clicks.answer(at);
      this.clicks.runProgress?.noteValue('drawing', `${at}`);
    }
  }

  /** Returns true if nodes were added or removed. The mutation was already applied to the model. */
  addMutation(data: JsonRecord, at: number, model: DomModel): boolean {
    const { actedAt, movedAt } = this.times;
    const isAfterAction = at - actedAt <= this.deadClickMs;
    const mutation = isAfterAction ? this.ripples.removeFrom(data, model) : data;
    if (!isAfterAction && at - movedAt > hoverMs) this.selfUpdating.note(mutation, at);
    const selfUpdating = this.selfUpdatingAtClick;
    if (isAfterAction && this.clicks.isAwaitingAnswer && isResponse(mutation, selfUpdating)) this.clicks.answer(at);
    this.clicks.runProgress?.noteMutation(mutation, selfUpdating, model);
    const isNew = hasNewNodes(mutation, selfUpdating);
    if (isNew || (isAfterAction && isVisibleChange(mutation, selfUpdating))) this.times.newNodesAt = at;
    return isNew;
  }
}
