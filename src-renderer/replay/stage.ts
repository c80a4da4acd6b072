import type { ReplayIndex } from '../../src-main/contract/replay-port';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { replayWords } from '../../src-main/contract/words/replay';
import { repairReplay } from '../../src-main/core/recording/repair/repair-replay';
import { foldPast } from './fold-past';
import { timed } from './paint';
import { ReplayerScene } from './replayer-scene';
import type { BlankReason, Scene, SceneRequest, Stage } from './scene';
import { firstPageMs, prepareScene, type PageSize } from './scene-events';
import { StyleCache } from './style-cache';

const decoder = new TextDecoder();

/** The frame's page: holds scenes, of which one is visible. */
export class PageStage implements Stage {
  private readonly styles = new StyleCache();
  private readonly scenes = new Set<ReplayerScene>();
  private readonly blank = document.createElement('p');
  /** The size of the last page that was built. A page without a recorded size gets it, too. */
  private size: PageSize = { width: 1280, height: 720 };
  private decoded: { json: Uint8Array; text: string } | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly onSize: (size: PageSize) => void,
  ) {
    this.blank.className = 'blank';
    this.blank.hidden = true;
    root.append(this.blank);
    new ResizeObserver(() => {
      for (const scene of this.scenes) scene.fit();
    }).observe(root);
  }

  build({ index, json, startedAt, atMs, speed }: SceneRequest): Scene {
    const events = timed('parse', () => JSON.parse(this.textOf(json)) as RecordedEvent[]);
    const momentMs = startedAt + atMs;
    const { events: repaired, rules } = timed('repair', () => repairReplay(events));
    const prepared = timed('prepare', () => prepareScene(foldPast(repaired, momentMs), momentMs, this.size));
    if (!prepared) return new EmptyScene(index, this.size, this.root, 'nothing-yet');
    this.size = prepared.size;
    const { root, styles, onSize } = this;
    const onGone = (gone: ReplayerScene): void => void this.scenes.delete(gone);
    try {
      const options = { root, index, prepared, rules, startedAt, speed, styles, onSize, onGone };
      const scene = timed('build', () => new ReplayerScene(options));
      this.scenes.add(scene);
      return scene;
    } catch {
      // If rrweb can't build a page, those before and after it can still be shown.
      return new EmptyScene(index, this.size, this.root, 'unreadable');
    }
  }

  firstPage(json: Uint8Array, { segments, startedAt }: ReplayIndex): number {
    const start = segments[0]?.startMs ?? 0;
    const text = decoder.decode(json);
    this.decoded = { json, text };
    // Most recordings begin with a page. Parsing them to find it would delay the first frame.
    if (!text.includes('about:blank')) return start;
    const page = firstPageMs(JSON.parse(text) as RecordedEvent[]);
    if (page !== undefined) return Math.max(0, page - startedAt);
    // The first segment contains only the browser's empty page.
    return segments[1]?.startMs ?? start;
  }

  /** Returns the text of a segment. That of the first one was decoded to find its page. */
  private textOf(json: Uint8Array): string {
    const { decoded } = this;
    this.decoded = undefined;
    return decoded?.json === json ? decoded.text : decoder.decode(json);
  }

  setBlank(reason: BlankReason | undefined): void {
    this.blank.hidden = reason === undefined;
    if (reason) this.blank.textContent = reason === 'unreadable' ? replayWords.unreadable : replayWords.nothingYet;
  }
}

/** The scene of a segment without a page. */
class EmptyScene implements Scene {
  readonly pageMs = Infinity;
  readonly isComplete = Promise.resolve();

  constructor(
    readonly index: number,
    readonly size: PageSize,
    private readonly root: HTMLElement,
    readonly blank: BlankReason,
  ) {}

  canAdvanceTo(): boolean {
    return true;
  }
  show(): void {
    for (const scene of this.root.children) scene.classList.remove('is-shown');
  }
  advanceTo(): void {}
  play(): void {}
  pause(): void {}
  setSpeed(): void {}
  destroy(): void {}
}
