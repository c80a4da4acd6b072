import { Replayer, ReplayerEvents } from 'rrweb';
import { CanvasLayer } from './canvas/canvas-layer';
import { canvasStyle } from './canvas/canvas-style';
import { allowDoctypesOnly } from './doctypes';
import { FrameFonts } from './frame-fonts';
import { PageAnimations } from './page-animations';
import { atMost, visibleImagesLoaded } from './paint';
import type { Scene } from './scene';
import type { PageSize, SceneEvents } from './scene-events';
import { fitScene } from './stage-fit';
import type { StyleCache } from './style-cache';
import { withoutLayout, type PageWindow } from './without-layout';

/** A page waits this long for images and fonts before it is shown without them, ms. */
const completeWithinMs = 80;
/** A Replayer restarts if it seeks to the exact time of the event that it played last, but not if it seeks this much later. */
const afterMs = 0.01;
/** Up to this number of mutations, applying them to the page is faster than to rrweb's virtual DOM, which has to be created and compared. */
const directMutations = 4000;

export interface SceneOptions {
  /** The parent element of scenes. */
  root: HTMLElement;
  index: number;
  prepared: SceneEvents;
  /** CSS rules that each document of the page needs in addition. */
  rules: readonly string[];
  /** Start of the session, recorder's clock, ms. */
  startedAt: number;
  speed: number;
  styles: StyleCache;
  onSize: (size: PageSize) => void;
  onGone: (scene: ReplayerScene) => void;
}

/** A scene that is shown by rrweb's Replayer. */
export class ReplayerScene implements Scene {
  readonly pageMs: number;
  readonly isComplete: Promise<void>;
  readonly blank = 'nothing-yet';
  size: PageSize;
  private readonly holder = document.createElement('div');
  private readonly engine: Replayer;
  private readonly canvases: CanvasLayer;
  private readonly fonts = new FrameFonts();
  private readonly animations = new PageAnimations();
  /** The recorder's clock at the Replayer's zero, and at the session's. */
  private readonly zeroMs: number;
  /** The time of the last played event, by the Replayer's clock. */
  private lastPlayedMs = 0;
  private reachedMs: number;
  private isPlaying = false;
  private isShown = false;
  readonly index: number;
  private readonly prepared: SceneEvents;
  private readonly startedAt: number;

  constructor(private readonly options: SceneOptions) {
    const { prepared, startedAt } = options;
    this.index = options.index;
    this.prepared = prepared;
    this.startedAt = startedAt;
    this.size = prepared.size;
    this.pageMs = prepared.pageMs - startedAt;
    this.zeroMs = prepared.events[0]?.timestamp ?? startedAt;
    this.reachedMs = prepared.fromMs;
    this.holder.className = 'scene';
    options.root.append(this.holder);
    this.canvases = new CanvasLayer((id) => this.engine.getMirror().getNode(id));
    this.engine = new Replayer(prepared.events, {
      root: this.holder,
      speed: options.speed,
      mouseTail: false,
      triggerFocus: false,
      showWarning: false,
      showDebug: false,
      skipInactive: false,
      // rrweb restyles every element of the page at each start and stop.
      pauseAnimation: false,
      insertStyleRules: [...canvasStyle, ...options.rules],
      plugins: [
        {
          onBuild: (node, { id }) => this.canvases.adopt(node, id, this.engine.getMirror()),
          handler: (event) => {
            this.lastPlayedMs = Math.max(this.lastPlayedMs, event.timestamp - this.zeroMs);
            this.canvases.onEvent(event);
            if (this.fonts.onEvent(event)) this.fonts.spread(this.engine.iframe.contentDocument);
          },
        },
      ],
    });
    options.styles.share(this.engine);
    const contentWindow = this.engine.iframe.contentWindow as PageWindow | null;
    if (contentWindow) allowDoctypesOnly(contentWindow);
    this.engine.iframe.setAttribute('tabindex', '-1');
    this.engine.wrapper.inert = true;
    this.engine.on(ReplayerEvents.Resize, (size) => this.resize(size as PageSize));
    try {
      withoutLayout(contentWindow, () => this.sync(prepared.fromMs));
    } catch (error) {
      this.destroy();
      throw error;
    }
    for (const drawing of prepared.drawings) this.canvases.onEvent(drawing);
    this.applyScrolls();
    const { contentDocument } = this.engine.iframe;
    const images = Promise.all([
      contentDocument ? visibleImagesLoaded(contentDocument) : undefined,
      this.canvases.settled(),
    ]);
    // Images and fonts may have made the page longer, also those that load after it is shown.
    const scroll = (): void => {
      if (!this.isPlaying && this.holder.isConnected) this.applyScrolls();
    };
    void images.then(scroll, scroll);
    this.isComplete = atMost(completeWithinMs, images).then(() => {
      scroll();
      if (!this.isPlaying) this.animations.settle(contentDocument);
    });
  }

  canAdvanceTo(atMs: number): boolean {
    const toMs = this.startedAt + atMs;
    const isAtStart = this.reachedMs <= this.zeroMs + 0.5;
    return toMs >= this.reachedMs || (isAtStart && (toMs >= this.zeroMs || this.prepared.pageMs === this.zeroMs));
  }

  advanceTo(atMs: number): void {
    const toMs = this.startedAt + atMs;
    if (toMs <= this.reachedMs) return;
    this.prepared.scrolls.clear();
    this.sync(toMs);
    if (!this.isPlaying) this.animations.settle(this.engine.iframe.contentDocument);
  }

  play(atMs: number): void {
    if (this.isPlaying) return;
    this.isPlaying = true;
    this.prepared.scrolls.clear();
    this.animations.resume();
    this.chooseDom(this.startedAt + atMs);
    this.engine.play(this.offset(this.startedAt + atMs));
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    this.engine.pause();
    this.animations.hold(this.engine.iframe.contentDocument);
    this.reachedMs = Math.max(this.reachedMs, this.zeroMs + this.engine.getCurrentTime());
  }

  setSpeed(speed: number): void {
    this.engine.setConfig({ speed });
  }

  show(): void {
    this.isShown = true;
    this.holder.classList.add('is-shown');
    for (const other of this.options.root.children) if (other !== this.holder) other.classList.remove('is-shown');
  }

  fit(): void {
    fitScene(this.options.root, this.engine.wrapper, this.size);
  }

  destroy(): void {
    this.isPlaying = false;
    this.canvases.close();
    this.engine.destroy();
    this.holder.remove();
    this.options.onGone(this);
  }

  /** Advances the page at once, without playing. */
  private sync(toMs: number): void {
    this.chooseDom(toMs);
    this.engine.pause(this.offset(toMs));
    this.reachedMs = toMs;
    this.canvases.refresh();
    this.fonts.spread(this.engine.iframe.contentDocument);
  }

  /** Turns on rrweb's virtual DOM if there are enough mutations to make it worthwhile. */
  private chooseDom(toMs: number): void {
    const from = this.zeroMs + this.lastPlayedMs;
    let mutations = 0;
    for (const { type, data, timestamp } of this.prepared.events) {
      if (timestamp >= toMs || mutations > directMutations) break;
      if (timestamp > from && type === 3 && (data as { source?: unknown }).source === 0) mutations++;
    }
    this.engine.setConfig({ useVirtualDom: mutations > directMutations });
  }

  private offset(atMs: number): number {
    return Math.max(atMs - this.zeroMs, this.lastPlayedMs + afterMs);
  }

  private applyScrolls(): void {
    const mirror = this.engine.getMirror();
    for (const [id, { x, y }] of this.prepared.scrolls) {
      const node = mirror.getNode(id);
      if (!node) continue;
      const target = node.nodeType === Node.DOCUMENT_NODE ? (node as Document).defaultView : (node as Element);
      target?.scrollTo?.({ left: x, top: y, behavior: 'instant' });
    }
  }

  private resize(size: PageSize): void {
    this.size = { width: Number(size.width), height: Number(size.height) };
    this.fit();
    if (this.isShown) this.options.onSize(this.size);
  }
}
