import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource, NodeType } from '../events';
import { isFiniteNumber, isNodeId, isRecord, type JsonRecord } from '../json';
import { isSerializedNode, type LiveNode, type ModelNode, type SerializedNode } from './model-node';
import { readDrawnImage } from './canvas';
import type { Counts } from './counts';
import { Fonts } from './fonts';
import { fitsFrame, takeFrames } from './frames';
import { readFullscreen } from './fullscreen';
import { Inputs } from './inputs';
import { isMedia, startMedia, touchMedia } from './media';
import { applyMutation } from './mutation';
import { stateOf } from './node-state';
import { PageTree } from './page-tree';
import { readMove, readPlacing, type Pointer } from './pointer';
import { isSamePage } from './same-page';
import { changeRules, StyleSheets } from './style-sheets';
import type { PageWatcher } from './watcher';
import type { PageFacts } from '../page-size';

export type { LiveNode, ModelNode } from './model-node';

/** A snapshot that a recorder takes because a number of events or a time has passed follows the last event within this time. */
const promptMs = 5;
const fileTags: ReadonlySet<string> = new Set(
  'img input image feimage use video audio source embed object iframe frame link style'.split(' '),
);

const noNodes: readonly LiveNode[] = [];

function canReferToFiles(node: LiveNode): boolean {
  if (node.type === NodeType.Element) return fileTags.has(node.tag) || node.attribute('style') !== undefined;
  if (node.type === NodeType.Text) return node.text.includes('url(') || node.text.includes('@import');
  return node.type === NodeType.Document;
}

/** More than the selection ranges of any real page. */
const rangeLimit = 100;

/**
 * The page of one window as data: applies events to a tree of recorded nodes, with everything that a keyframe needs. It follows
 * rrweb's Replayer step by step without a browser. It never throws: it ignores and counts what doesn't fit. It doesn't execute
 * drawing commands; a canvas keeps the last complete image that was recorded of it.
 */
export class DomModel {
  /** The address and the size of the viewport as last recorded. */
  page: PageFacts | undefined;
  /** State besides the tree, for the writer of keyframes only. */
  readonly inputs = new Inputs();
  readonly sheets = new StyleSheets();
  readonly fonts = new Fonts();
  readonly tree: PageTree;
  pointer: Pointer | undefined;
  selection: JsonRecord | undefined;
  /** The element that fills the screen. */
  fullscreenId: number | undefined;
  /**
   * The data of incremental events that a Replayer needs after the last applied event, because it has lost something by then that the page
   * still had: style sheets that were recorded before their host, sheets of hosts that were removed and inserted again, and documents of
   * iframes that a further snapshot of the same page doesn't contain.
   */
  restored: JsonRecord[] = [];
  private readonly lateHosts: LiveNode[] = [];
  /** New and changed nodes that can refer to files. Undefined unless `reportFiles` was called. */
  private fileNodes: LiveNode[] | undefined;
  /** Times of the last event before a snapshot and of the snapshot's Meta event, and whether a page was loaded in between. */
  private beforeMs = -Infinity;
  private metaMs: number | undefined;
  private isLoaded = false;
  private readonly counts: Counts = { ignored: 0, changes: 0 };
  private atMs = 0;

  constructor() {
    this.tree = new PageTree(this.counts, {
      made: (node) => {
        if (isMedia(node)) startMedia(node, this.atMs);
        if (this.fileNodes && canReferToFiles(node)) this.fileNodes.push(node);
      },
      changed: (node) => this.fileNodes?.push(node),
      rooted: (node) => {
        if (this.sheets.rooted(node)) this.lateHosts.push(node);
      },
      gone: (node) => {
        this.inputs.forget(node);
        this.sheets.forget(node);
      },
      inserted: (node) => this.inputs.inserted(node),
      removing: (node) => this.inputs.removing(node),
      marked: (node, name) => this.inputs.marked(node, name),
    });
  }

  get root(): LiveNode | undefined {
    return this.tree.root;
  }

  /** The number of events or parts of events that didn't fit the page. */
  get ignored(): number {
    return this.counts.ignored;
  }

  /** Grows with every change of the page's nodes, texts, attributes and rules; not with scrolling or typing. */
  get changes(): number {
    return this.counts.changes;
  }

  get(id: number): ModelNode | undefined {
    return this.tree.get(id);
  }

  /** Reports all present and future texts to a watcher. The previous watcher is notified that the page is gone. */
  watch(watcher: PageWatcher): void {
    const { root } = this.tree;
    if (root) this.tree.watcher?.gone(root);
    this.tree.watcher = watcher;
    if (root) watcher.placed(root);
  }

  /** Returns whether a snapshot of the same page would leave out a part of its state. */
  get hasStateBesideSnapshot(): boolean {
    return this.tree.hasInnerDocuments || this.fullscreenId !== undefined;
  }

  /** Reports all nodes that can refer to files, from the next event on. */
  reportFiles(): void {
    this.fileNodes ??= [];
  }

  /** Returns the new and changed nodes since the last call that can refer to files. Some may be gone already. */
  takeFileNodes(): readonly LiveNode[] {
    return this.fileNodes && this.fileNodes.length > 0 ? this.fileNodes.splice(0) : noNodes;
  }

  apply(event: RecordedEvent): void {
    const { type, data } = event;
    this.atMs = event.timestamp;
    if (this.restored.length > 0) this.restored = [];
    if (type === EventType.IncrementalSnapshot) {
      if (isRecord(data)) this.applyIncremental(data);
      else this.counts.ignored++;
      if (this.lateHosts.length > 0) this.adoptLate();
    } else if (type === EventType.FullSnapshot) this.applySnapshot(data);
    else if (type === EventType.Meta) this.applyMeta(data);
    else if (type === EventType.Custom) this.applyCustom(data);
    else if (type === EventType.DomContentLoaded) this.isLoaded = true;
    if (type === EventType.Meta) this.metaMs = event.timestamp;
    else {
      this.beforeMs = event.timestamp;
      this.metaMs = undefined;
    }
  }

  private applyIncremental(data: JsonRecord): void {
    switch (data.source) {
      case IncrementalSource.Mutation:
        applyMutation(this.tree, data, this.counts);
        break;
      case IncrementalSource.MouseMove:
      case IncrementalSource.TouchMove:
      case IncrementalSource.Drag:
        this.pointer = readMove(data) ?? this.pointer;
        break;
      case IncrementalSource.MouseInteraction:
        if (isNodeId(data.id) && this.tree.get(data.id)) this.pointer = readPlacing(data) ?? this.pointer;
        break;
      case IncrementalSource.Scroll:
        this.applyScroll(data);
        break;
      case IncrementalSource.ViewportResize:
        this.applyResize(data);
        break;
      case IncrementalSource.Input:
        this.applyInput(data);
        break;
      case IncrementalSource.MediaInteraction:
        this.applyMedia(data);
        break;
      case IncrementalSource.StyleSheetRule:
      case IncrementalSource.StyleDeclaration:
        this.applyRules(data);
        break;
      case IncrementalSource.AdoptedStyleSheet:
        this.applyAdoption(data);
        break;
      case IncrementalSource.CanvasMutation:
        this.applyCanvas(data);
        break;
      case IncrementalSource.Font:
        if (!this.fonts.add(data)) this.counts.ignored++;
        break;
      case IncrementalSource.Selection:
        this.applySelection(data);
        break;
    }
  }

  private applySnapshot(data: unknown): void {
    const node = isRecord(data) ? data.node : undefined;
    if (!isRecord(data) || !isSerializedNode(node)) {
      this.counts.ignored++;
      return;
    }
    const isContinued = this.isContinuedBy(node);
    const frames = isContinued ? takeFrames(this, this.atMs) : [];
    this.inputs.clear();
    this.sheets.clear();
    this.selection = undefined;
    // It was over a node of the previous page; the same id may be a different node now.
    this.pointer = undefined;
    this.tree.reset(node);
    const { fullscreenId } = this;
    if (fullscreenId !== undefined && !(isContinued && this.tree.get(fullscreenId))) this.fullscreenId = undefined;
    const { initialOffset } = data;
    if (isRecord(initialOffset) && this.tree.root) {
      const { left, top } = initialOffset;
      stateOf(this.tree.root).scroll = { x: isFiniteNumber(left) ? left : 0, y: isFiniteNumber(top) ? top : 0 };
    }
    for (const frame of frames) {
      if (!fitsFrame(this.tree, frame)) continue;
      for (const written of frame.written) this.applyIncremental(written);
      this.restored.push(...frame.written);
    }
    this.lateHosts.length = 0;
    this.isLoaded = false;
  }

  private isContinuedBy(snapshot: SerializedNode): boolean {
    const { root, hasStateBesideSnapshot } = this;
    if (!root || !hasStateBesideSnapshot || this.isLoaded) return false;
    return isSamePage(root, snapshot, (this.metaMs ?? this.atMs) - this.beforeMs <= promptMs);
  }

  private adoptLate(): void {
    for (const host of this.lateHosts.splice(0)) {
      if (this.tree.get(host.id) !== host) continue;
      this.restored.push(...this.sheets.writeAdoption(host));
      this.counts.changes++;
    }
  }

  private applyCustom(data: unknown): void {
    const change = readFullscreen(data);
    if (!change) return;
    if (change.isEntered) this.fullscreenId = this.tree.get(change.id) ? change.id : undefined;
    else if (change.id === this.fullscreenId) this.fullscreenId = undefined;
  }

  private applyMeta(data: unknown): void {
    if (!isRecord(data) || typeof data.href !== 'string') return;
    const { href, width, height } = data;
    if (isFiniteNumber(width) && isFiniteNumber(height)) this.page = { href, width, height };
    else if (this.page) this.page = { ...this.page, href };
  }

  private applyResize({ width, height }: JsonRecord): void {
    if (this.page && isFiniteNumber(width) && isFiniteNumber(height)) this.page = { ...this.page, width, height };
  }

  private applyScroll({ id, x, y }: JsonRecord): void {
    const node = this.find(id);
    if (node && isFiniteNumber(x) && isFiniteNumber(y)) stateOf(node).scroll = { x, y };
  }

  private applyInput(data: JsonRecord): void {
    const node = this.find(data.id);
    if (node) this.inputs.apply(node, data);
  }

  private applyMedia(data: JsonRecord): void {
    const node = this.find(data.id);
    if (node && isMedia(node)) touchMedia(node, data, this.atMs);
  }

  /** Finds the sheet by its own id if a script created it, otherwise by the id of its element. */
  private applyRules(data: JsonRecord): void {
    const { styleId, id } = data;
    const isDeclaration = data.source === IncrementalSource.StyleDeclaration;
    let isChanged: boolean | undefined;
    if (isNodeId(styleId) && styleId !== 0) {
      isChanged = isDeclaration
        ? this.sheets.declareConstructed(styleId, data)
        : this.sheets.changeConstructed(styleId, data);
      if (isChanged === undefined) this.counts.ignored++;
    } else {
      const node = this.find(id);
      const rules = node && this.sheets.rulesOf(node);
      isChanged = rules && (isDeclaration ? rules.declare(data) : changeRules(rules, data));
    }
    if (isChanged) this.counts.changes++;
  }

  private applyAdoption(data: JsonRecord): void {
    const { id } = data;
    if (!isNodeId(id) || id < 0) return;
    const host = this.tree.get(id);
    if (this.sheets.adopt(id, host, data) && host) this.restored.push(...this.sheets.writeAdoption(host));
    if (host) this.counts.changes++;
  }

  private applyCanvas(data: JsonRecord): void {
    const node = this.find(data.id);
    const image = node?.tag === 'canvas' ? readDrawnImage(data) : undefined;
    if (node && image !== undefined) stateOf(node).image = image;
  }

  private applySelection({ ranges }: JsonRecord): void {
    if (Array.isArray(ranges)) this.selection = { ranges: (ranges as unknown[]).slice(0, rangeLimit) };
  }

  /** Recorders write -1 for a node that they had not recorded yet, so nothing of it was visible. */
  private find(id: unknown): LiveNode | undefined {
    const node = isNodeId(id) ? this.tree.get(id) : undefined;
    if (!node && id !== -1) this.counts.ignored++;
    return node;
  }
}
