import type { RecordedEvent } from '../../contract/recorded-event';
import type { TimelineThresholds } from '../../contract/settings';
import type { DomModel, ModelNode } from '../recording/model/dom-model';
import { EventType, IncrementalSource, MouseInteractions, PointerTypes } from '../recording/events';
import { isFiniteNumber, isNodeId, isRecord, type JsonRecord } from '../recording/json';
import { readMeta } from '../recording/page-size';
import type { Emit } from './draft';
import { controlOf, isField } from './names/control';
import { findTarget, type Target } from './names/describe';
import type { PageReader } from './names/page-reader';
import { readAttribute } from '../recording/model/read-attribute';
import type { ScopeSearch } from './names/tree-scope';
import { ClickTrack, type ClickState } from './signals/clicks';
import { isMaskedInput } from './signals/idle';
import { EditorTrack, type EditorState } from './signals/editors';
import { InputTrack, type InputState } from './signals/inputs';
import { NavigationTrack, type NavigationState } from './signals/navigation';
import { PageWatch, type PageWatchState } from './signals/page-watch';
import { isOpaque, looksOperable, opensOutsideTab } from './signals/response';
import { ScrollTrack, type ScrollState } from './signals/scroll';
import { SelectionTrack, type SelectionState } from './signals/selection';
import { SnapshotTrack, type SnapshotState } from './signals/snapshots';
import { ViewportTrack, type ViewportState } from './signals/viewport';
import { WatchedMedia } from './signals/watched-media';
import { WindowMessages, type SessionSignals } from './window-messages';

/** A scroll or a selection responds to a click only within this time, ms; later it is the user's next action. */
const gestureReachMs = 500;

/** Plain JSON, to resume later. */
export interface WindowState {
  clicks: ClickState;
  inputs: InputState;
  editors?: EditorState;
  navigation: NavigationState;
  viewport: ViewportState;
  scroll: ScrollState;
  selection: SelectionState;
  page: PageWatchState;
  /** Absent in states stored by earlier versions, like `media`. */
  snapshots?: SnapshotState | undefined;
  media?: number[] | undefined;
}

/**
 * Reads the events of one window of the session, in the order of time. Most events produce no entry: they are dispatched once by type
 * and source, and not stored.
 */
export class WindowTrack {
  private readonly clicks: ClickTrack;
  private readonly inputs: InputTrack;
  private readonly editors: EditorTrack;
  private readonly navigation: NavigationTrack;
  private readonly viewport: ViewportTrack;
  private readonly scroll: ScrollTrack;
  private readonly selection: SelectionTrack;
  private readonly messages: WindowMessages;
  private readonly page: PageWatch;
  private readonly snapshots: SnapshotTrack;
  private readonly media: WatchedMedia;
  private ignored: number | undefined;
  /** True if the last event is a full snapshot of the page as it was. */
  isSamePage = false;
  /** True if the last event is a keystroke that redaction has masked. */
  isMaskedTyping = false;

  constructor(
    emit: Emit,
    private readonly session: SessionSignals,
    private readonly search: ScopeSearch,
    private readonly pages: PageReader,
    thresholds: TimelineThresholds,
    saved?: WindowState,
  ) {
    this.clicks = new ClickTrack(emit, thresholds, saved?.clicks);
    this.inputs = new InputTrack(emit, saved?.inputs);
    this.editors = new EditorTrack(saved?.editors);
    this.navigation = new NavigationTrack(emit, pages, saved?.navigation);
    this.viewport = new ViewportTrack(emit, saved?.viewport);
    this.scroll = new ScrollTrack(emit, saved?.scroll);
    this.selection = new SelectionTrack(emit, pages, saved?.selection);
    this.messages = new WindowMessages({
      emit,
      session,
      search,
      pages,
      clicks: this.clicks,
      navigation: this.navigation,
      noteOtherPage: () => this.scroll.clear(),
      slowRequestMs: thresholds.slowRequestMs,
    });
    this.page = new PageWatch(this.clicks, thresholds.deadClickMs, saved?.page);
    this.snapshots = new SnapshotTrack(saved?.snapshots);
    this.media = new WatchedMedia(saved?.media);
    // A resumed window starts from the count of its rebuilt page.
    this.ignored = saved ? undefined : 0;
  }

  save(): WindowState {
    return {
      clicks: this.clicks.save(),
      inputs: this.inputs.save(),
      editors: this.editors.save(),
      navigation: this.navigation.save(),
      viewport: this.viewport.save(),
      scroll: this.scroll.save(),
      selection: this.selection.save(),
      page: this.page.save(),
      snapshots: this.snapshots.save(),
      media: this.media.save(),
    };
  }

  /** Takes the rebuilt page. The changes that it has ignored so far were already reported. */
  reopen(model: DomModel): void {
    this.ignored = model.ignored;
    this.snapshots.reopen(model);
  }

  /** True while the user watches a video or listens. */
  get isWatching(): boolean {
    return this.media.isPlaying;
  }

  /** Notes that parts of the recording are missing, or that the recorder was paused. */
  noteLoss(): void {
    this.snapshots.noteLoss();
  }

  /** The earliest times of entries that may still come, one for each track. */
  get openSince(): (number | undefined)[] {
    return [this.clicks, this.navigation, this.viewport, this.selection].map(({ openSince }) => openSince);
  }

  /** Returns when the user acted, ms, or undefined for a change by the page. The event was already applied to the model. */
  add(event: RecordedEvent, model: DomModel): number | undefined {
    const { type, timestamp: at } = event;
    this.isSamePage = false;
    this.isMaskedTyping = false;
    this.settle(at, model);
    if (model.ignored !== this.ignored) this.noteIgnored(model, at);
    if (type === EventType.IncrementalSnapshot) return this.addIncremental(event.data, at, model);
    if (type === EventType.Meta) this.addMeta(event, model);
    else if (type === EventType.FullSnapshot) this.addSnapshot(at, model);
    else if (type === EventType.Plugin) this.messages.addPlugin(event.data, at, model);
    else if (type === EventType.Custom) return this.messages.addCustom(event.data, at, model) ? at : undefined;
    else if (type === EventType.Annotation) this.messages.addAnnotation(event.data, at);
    else if (type === EventType.DomContentLoaded || type === EventType.Load) {
      this.navigation.noteStart(type === EventType.Load);
    }
    return undefined;
  }

  /** `end`: the time of the session's last event, ms. */
  finish(end: number, model: DomModel): void {
    this.page.settle(Infinity);
    this.clicks.finish(end);
    this.navigation.finish(model);
    this.viewport.finish();
    this.selection.finish(model);
  }

  private settle(at: number, model: DomModel): void {
    if (this.clicks.isWaiting) this.clicks.settle(at);
    if (this.navigation.isWaiting) this.navigation.settle(at, model);
    if (this.viewport.isWaiting) this.viewport.settle(at);
    if (this.selection.isWaiting) this.selection.settle(at, model);
    this.page.settle(at);
  }

  private noteIgnored(model: DomModel, at: number): void {
    this.snapshots.noteLoss();
    if (this.ignored !== undefined) this.session.noteMisfit(at, model.ignored - this.ignored);
    this.ignored = model.ignored;
  }

  private addIncremental(data: unknown, at: number, model: DomModel): number | undefined {
    if (!isRecord(data)) return undefined;
    switch (data.source) {
      case IncrementalSource.Mutation:
        return this.addMutation(data, at, model) ? at : undefined;
      case IncrementalSource.MouseMove:
      case IncrementalSource.TouchMove:
      case IncrementalSource.Drag:
        if (data.source === IncrementalSource.TouchMove) this.viewport.noteTouch();
        else this.viewport.noteMouse();
        return this.page.addMoves(data, at);
      case IncrementalSource.MouseInteraction:
        return this.addInteraction(data, at, model) ? at : undefined;
      case IncrementalSource.Scroll:
        this.addScroll(data, at, model);
        return at;
      case IncrementalSource.Input:
        return this.addInput(data, at, model) ? at : undefined;
      case IncrementalSource.ViewportResize:
        this.clicks.answer(at);
        if (isFiniteNumber(data.width) && isFiniteNumber(data.height)) this.viewport.add(data.width, data.height, at);
        return at;
      case IncrementalSource.MediaInteraction:
        this.clicks.answer(at);
        this.clicks.runProgress?.noteValue('media', JSON.stringify([data.id, data.type, data.currentTime]));
        return this.media.add(data, at, this.page.actedAt);
      case IncrementalSource.CanvasMutation:
        this.page.addDrawing(data.id, at);
        return undefined;
      case IncrementalSource.Selection:
        this.addSelection(data, at, model);
        return undefined;
      case IncrementalSource.Log:
        this.messages.addConsole(data, at);
        return undefined;
      default:
        // Style rules are not a response: pages rewrite them all the time, and visible effects come with a change of class.
        return undefined;
    }
  }

  /** Returns true if the user made the change, by typing into an editor. */
  private addMutation(data: JsonRecord, at: number, model: DomModel): boolean {
    const hasNewNodes = this.page.addMutation(data, at, model);
    const editorId = this.editors.editedBy(data, model);
    if (editorId !== undefined) {
      this.inputs.add(editorId, true, at, () => this.pages.change(editorId, model));
      this.page.noteAction(at);
      this.clicks.absorb(editorId);
    } else if (hasNewNodes && this.navigation.isWaiting && this.navigation.noteNewNodes(at, model)) this.scroll.clear();
    return editorId !== undefined;
  }

  private addInteraction({ type, id, x, y, pointerType }: JsonRecord, at: number, model: DomModel): boolean {
    if (type === MouseInteractions.Focus || type === MouseInteractions.Blur) {
      if (!isNodeId(id)) return false;
      if (type === MouseInteractions.Focus) {
        const node = model.get(id);
        this.inputs.noteFocus(id);
        this.editors.noteCaret(node);
        this.page.noteFocus();
        if (this.pages.isPrivate(node)) this.clicks.answer(at);
        if (isTextField(node)) this.viewport.noteFieldFocus(at);
      } else {
        this.inputs.noteBlur(id);
        this.editors.clear();
        this.page.noteBlur(at);
      }
      return false;
    }
    this.page.noteAction(at);
    if (type === MouseInteractions.TouchStart || pointerType === PointerTypes.Touch) this.viewport.noteTouch();
    if (type === MouseInteractions.MouseDown || type === MouseInteractions.TouchStart)
      this.page.notePointerDown(at, x, y);
    else if (type === MouseInteractions.Click && isNodeId(id)) this.addClick(id, x, y, at, model);
    else if (type === MouseInteractions.DblClick) this.clicks.noteDoubleClick();
    return true;
  }

  private addClick(id: number, x: unknown, y: unknown, at: number, model: DomModel): void {
    const node = model.get(id);
    const target = node && findTarget(node, this.search);
    const nodeId = target?.node.id ?? id;
    const subject = this.pages.click(node, target);
    const isPrivate = this.pages.isPrivate(target?.node ?? node);
    // The user continues by entering something, and what the page does from now on may depend on it.
    if (isPrivate) this.clicks.answer(at);
    const { downAt, hasResponded } = this.page.beginClick(at, x, y, target !== undefined);
    this.inputs.noteClick(nodeId, at);
    this.editors.noteCaret(node);
    this.clicks.add({
      at,
      downAt,
      nodeId,
      ...(isFiniteNumber(x) && { x }),
      ...(isFiniteNumber(y) && { y }),
      subject,
      isField: target !== undefined && isField(target.control),
      isPrivate,
      // Some pages respond when the pointer goes down, before the click is over.
      isUnanswered: node !== undefined && !isPrivate && !hasResponded && looksOperable(node, target),
      ...(node && isOpaque(node) && { isOpaque: true }),
      ...(target && { isControl: true }),
      ...(target && mayLoadPage(target) && { mayLoad: true }),
    });
    if (target?.control !== 'link') return;
    const opensHere = !opensOutsideTab(target.node) && isInTopDocument(target.node);
    if (opensHere) this.navigation.noteLink(readAttribute(target.node, 'href'), at);
  }

  private addSelection(data: JsonRecord, at: number, model: DomModel): void {
    const change = this.selection.add(data, at, model);
    if (!change) return;
    this.page.noteSelection(change, at);
    if (change === 'cleared') this.clicks.answerByClearing(at, gestureReachMs);
    if (change !== 'made') return;
    this.clicks.answer(at, gestureReachMs);
    this.clicks.runProgress?.noteSelection();
  }

  private addScroll({ id, x, y }: JsonRecord, at: number, model: DomModel): void {
    this.clicks.answer(at, gestureReachMs);
    if (!isNodeId(id) || !isFiniteNumber(y)) return;
    this.clicks.runProgress?.noteValue(`scroll ${id}`, `${isFiniteNumber(x) ? x : 0} ${y}`);
    const isPage = id === model.root?.id;
    if (isPage) this.viewport.noteScroll(at);
    if (y <= 0) return;
    const { privacy } = isPage ? {} : this.pages.scrolled(id, model);
    this.scroll.add({ id, y, screen: this.viewport.height, isPage, at, privacy });
  }

  private addInput(data: JsonRecord, at: number, model: DomModel): boolean {
    const { id } = data;
    // A recorder reports the radio button that was deselected as well.
    if (!isNodeId(id) || (data.isChecked === false && isRadio(model.get(id)))) return false;
    this.clicks.answer(at);
    // Each event is a new value; what is entered must not matter.
    this.clicks.runProgress?.noteValue(`value ${id}`, `${at}`);
    const isByUser = this.inputs.add(id, data.userTriggered, at, () => this.pages.change(id, model));
    if (!isByUser) return false;
    this.page.noteAction(at);
    this.clicks.absorb(id);
    this.isMaskedTyping = isMaskedInput(data);
    return true;
  }

  private addSnapshot(at: number, model: DomModel): void {
    const { relation, isUncertain } = this.snapshots.add(model);
    this.isSamePage = relation === 'same';
    const isUndecided = !isUncertain && (relation === 'same' || relation === 'changed');
    const isReload = this.navigation.addSnapshot(isUndecided ? undefined : relation === 'reset', model);
    if (isReload) this.scroll.clear();
    // A snapshot by the clock changes nothing.
    if (!this.isSamePage) this.openPage(at);
  }

  private openPage(at: number): void {
    this.editors.clear();
    this.media.clear();
    this.inputs.noteSnapshot(at);
    this.clicks.answerByPage(at, this.page.actedAt);
  }

  private addMeta(event: RecordedEvent, model: DomModel): void {
    const page = readMeta(event);
    if (!page) return;
    const at = event.timestamp;
    if (page.href !== this.navigation.page) this.clicks.answer(at);
    if (this.navigation.addMeta(page, at, model)) {
      this.scroll.clear();
      this.openPage(at);
    }
    this.viewport.add(page.width, page.height, at);
  }
}

/** Returns true for a field that opens a keyboard. */
function isTextField(node: ModelNode | undefined): boolean {
  return node !== undefined && controlOf(node) === 'field';
}

/** Returns true for a control that may load another page: a link, or a button of a form. */
function mayLoadPage({ node, control }: Target): boolean {
  if (control === 'link') return true;
  for (let next: ModelNode | undefined = node; next && control === 'button'; next = next.parent) {
    if (next.tag === 'form') return true;
  }
  return false;
}

function isRadio(node: ModelNode | undefined): boolean {
  return node?.tag === 'input' && readAttribute(node, 'type') === 'radio';
}

/** Returns false for a node in a frame: a link there opens its page in the frame. */
function isInTopDocument(node: ModelNode): boolean {
  for (let next: ModelNode | undefined = node; next; next = next.parent) if (next.tag === 'iframe') return false;
  return true;
}
