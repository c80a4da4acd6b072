import { Replayer, ReplayerEvents } from 'rrweb';
import { EventType } from '@rrweb/types';
import { replayWords } from '../../src-main/contract/words/replay';
import { findActivity, skipTarget } from './activity';
import type { LoadedWindow } from './chunk-source';
import { allowDoctypesOnly } from './doctypes';
import { fitStage } from './stage';

/**
 * A page without scripts lays out no canvas, and letting rrweb draw would let the recording's scripts run. A drawing that is missing
 * says so, rather than leaving a hole without a reason.
 */
const canvasStyle = [
  'canvas { background: repeating-linear-gradient(45deg, #0000000d 0 6px, #0000 6px 12px) !important; }',
  `canvas::before { content: '${replayWords.canvas}'; font: 12px sans-serif; color: #5b6470; }`,
];

export interface PlayerState {
  atMs: number;
  isPlaying: boolean;
}

/** rrweb's engine behind the few verbs that the shell has. Times count in ms from the first event of the session. */
export class Player {
  readonly durationMs: number;
  /** The engine counts from the window's own first event, which may come later than the session's. */
  private readonly offsetMs: number;
  /** The window's last event; the engine knows nothing after it. */
  private readonly lastMs: number;
  size = { width: 0, height: 0 };
  private readonly engine: Replayer;
  private readonly activity: number[];
  /** rrweb forgets the page when it is sent to the first full snapshot or before it, so no seek goes there. */
  private readonly firstMs: number;
  private isPlaying = false;
  private isSkippingIdle = false;

  constructor(
    private readonly stage: HTMLElement,
    { events, startedAt, durationMs }: LoadedWindow,
    private readonly onChange: (state: PlayerState) => void,
    private readonly onSize: (size: { width: number; height: number }) => void,
  ) {
    const snapshot = events.find((event) => event.type === EventType.FullSnapshot);
    this.durationMs = durationMs;
    this.offsetMs = (events[0]?.timestamp ?? startedAt) - startedAt;
    this.lastMs = (events.at(-1)?.timestamp ?? startedAt) - startedAt;
    this.firstMs = Math.min((snapshot?.timestamp ?? startedAt) - startedAt + 1, this.lastMs);
    this.activity = findActivity(events, startedAt);
    this.engine = new Replayer(events, {
      root: stage,
      mouseTail: false,
      triggerFocus: false,
      useVirtualDom: true,
      showWarning: false,
      showDebug: false,
      skipInactive: false,
      pauseAnimation: true,
      insertStyleRules: canvasStyle,
    });
    const { contentWindow } = this.engine.iframe;
    if (contentWindow) allowDoctypesOnly(contentWindow as Window & typeof globalThis);
    this.engine.iframe.setAttribute('tabindex', '-1');
    this.engine.wrapper.inert = true;
    this.engine.on(ReplayerEvents.Resize, (size) => this.resize(size as { width: number; height: number }));
    this.engine.on(ReplayerEvents.Finish, () => this.pause());
    new ResizeObserver(() => fitStage(stage, this.size)).observe(stage);
    // One millisecond in: an event counts as played only once its time has passed.
    this.seek(firstPageMs(events) - startedAt + 1);
  }

  get state(): PlayerState {
    return { atMs: this.now(), isPlaying: this.isPlaying };
  }

  play(): void {
    const from = this.now() >= this.lastMs - 1 ? this.firstMs : this.clamp(this.now());
    this.engine.play(from - this.offsetMs);
    this.isPlaying = true;
    this.tick();
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.engine.pause();
    this.isPlaying = false;
    this.onChange(this.state);
  }

  seek(atMs: number): void {
    const target = this.clamp(atMs);
    if (this.isPlaying) this.engine.play(target - this.offsetMs);
    else this.engine.pause(target - this.offsetMs);
    this.onChange({ atMs: target, isPlaying: this.isPlaying });
  }

  setSpeed(speed: number): void {
    this.engine.setConfig({ speed });
  }

  setSkipIdle(isOn: boolean): void {
    this.isSkippingIdle = isOn;
  }

  private readonly tick = (): void => {
    if (!this.isPlaying) return;
    const target = this.isSkippingIdle ? skipTarget(this.activity, this.now()) : undefined;
    if (target !== undefined) this.seek(target);
    this.onChange(this.state);
    requestAnimationFrame(this.tick);
  };

  private resize(size: { width: number; height: number }): void {
    this.size = { width: Number(size.width), height: Number(size.height) };
    fitStage(this.stage, this.size);
    this.onSize(this.size);
  }

  private now(): number {
    return Math.min(Math.max(this.engine.getCurrentTime() + this.offsetMs, 0), this.durationMs);
  }

  private clamp(atMs: number): number {
    return Math.min(Math.max(atMs, this.firstMs), this.lastMs);
  }
}

/** Where there is something to see: a recording may begin with the empty page that the browser had before. The recorder's clock, ms. */
function firstPageMs(events: LoadedWindow['events']): number {
  const blank = 'about:blank';
  const isPage = ({ type, data }: LoadedWindow['events'][number]): boolean =>
    type === EventType.Meta && (data as { href?: unknown } | null)?.href !== blank;
  const page = events.findIndex(isPage);
  const snapshot = events.slice(Math.max(page, 0)).find(({ type }) => type === EventType.FullSnapshot);
  return snapshot?.timestamp ?? 0;
}
