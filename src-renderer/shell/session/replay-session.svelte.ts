import { isErrorCode, toErrorReply, type ErrorReply } from '../../../src-main/contract/errors';
import type { CasePreviewId, PreviewId, SessionId } from '../../../src-main/contract/ids';
import { dataPortMessage } from '../../../src-main/contract/ipc';
import {
  heartbeatLimitMs,
  type ReplayCommand,
  type ReplayPorts,
  type ReplayReport,
} from '../../../src-main/contract/replay-port';
import { DataPortRegistry } from './data-ports';
import { Heartbeat, heartbeatEveryMs } from './heartbeat';
import { readReport } from './read-report';
import { app } from '../app/app.svelte';
import { call } from '../app/bridge';
import { reportBug } from '../app/report-bugs';

const dataPorts = new DataPortRegistry<MessagePort>();

/** Accepts only the data ports that the preload posts, since frames may post to this window, too. */
export function listenForDataPorts(): () => void {
  const take = (event: MessageEvent<unknown>): void => {
    if (event.source !== window || event.origin !== location.origin) return;
    const message = event.data as { kind?: unknown; origin?: unknown } | null;
    const [port] = event.ports;
    if (message?.kind === dataPortMessage && typeof message.origin === 'string' && port) {
      dataPorts.deliver(message.origin, port);
    }
  };
  window.addEventListener('message', take);
  return () => window.removeEventListener('message', take);
}

interface Preferences {
  speed: number;
  isSkippingIdle: boolean;
}

/** The user's playback preferences, kept from one session to the next. */
const preferences: Preferences = { speed: 1, isSkippingIdle: true };

/** After a seek, reports of an earlier time may still arrive. They are ignored for this long, or until one is near the target. */
const seekSettlesMs = 600;
const nearMs = 400;

/** A sandboxed replay: opens it, passes the ports to its frame and mirrors the frame's state. */
export class ReplaySession {
  phase = $state<'opening' | 'loading' | 'ready' | 'failed' | 'dead'>('opening');
  error = $state.raw<ErrorReply>();
  /** The origin of the frame; undefined until main has opened the replay. */
  origin = $state<string>();
  /** Increments with each reload, which replaces the frame. */
  attempt = $state(0);
  /** Painting takes long enough to show that the replay is working. */
  isLoading = $state(false);
  durationMs = $state(0);
  atMs = $state(0);
  isPlaying = $state(false);
  speed = $state(1);
  isSkippingIdle = $state(true);

  /** The recorded tab that is shown; empty until main has chosen one. */
  windowId = $state('');

  readonly #id: SessionId | PreviewId | CasePreviewId;
  readonly #preferences: Preferences;
  #control: MessagePort | undefined;
  #dataPort: Promise<MessagePort> | undefined;
  #heartbeat = new Heartbeat(heartbeatLimitMs);
  #timer = 0;
  #sought: { atMs: number; untilMs: number } | undefined;
  #resumeAtMs = 0;
  #playsOnceReady = false;
  #isClosed = false;

  /** `preferred`: the playback preferences; by default the user's own. */
  constructor(id: SessionId | PreviewId | CasePreviewId, durationMs: number, preferred: Preferences = preferences) {
    this.#id = id;
    this.durationMs = durationMs;
    this.#preferences = preferred;
    this.speed = preferred.speed;
    this.isSkippingIdle = preferred.isSkippingIdle;
  }

  /** Sets the time and the tab at which `open` opens the replay. An empty `windowId` lets main choose the tab. */
  startAt(atMs: number, windowId: string, isPlaying = false): void {
    this.atMs = atMs;
    this.windowId = windowId;
    this.#playsOnceReady = isPlaying;
  }

  /** Opens the replay, or reopens it at the same time after a failure. */
  async open(): Promise<void> {
    this.#release();
    this.#resumeAtMs = this.atMs;
    this.isPlaying = false;
    this.origin = undefined;
    this.error = undefined;
    this.phase = 'opening';
    this.isLoading = false;
    try {
      const { origin, windowId } = await call('replay.open', {
        id: this.#id,
        ...(this.windowId !== '' && { windowId: this.windowId }),
      });
      this.windowId = windowId;
      const port = dataPorts.claim(origin);
      this.#dataPort = port;
      if (this.#isClosed) return void port.then((unused) => unused.close());
      this.attempt += 1;
      this.origin = origin;
    } catch (error) {
      this.#fail(toErrorReply(error));
    }
  }

  /** Shows another recorded tab, at the same time. */
  async showWindow(windowId: string): Promise<void> {
    this.windowId = windowId;
    await this.open();
  }

  /** Passes both ports to the frame once it has loaded. A frame that loads a second time has navigated and gets no ports. */
  async connect(frame: Window): Promise<void> {
    const { origin } = this;
    const claimed = this.#dataPort;
    this.#dataPort = undefined;
    if (!origin || !claimed) return;
    const dataPort = await claimed;
    if (this.#isClosed || this.origin !== origin) return dataPort.close();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const report = readReport(data);
      if (report) this.#onReport(report);
    };
    this.#control = port1;
    this.phase = 'loading';
    const ports: ReplayPorts = {
      kind: 'ports',
      isDark: app.isDark,
      ...(this.#resumeAtMs > 0 && { atMs: this.#resumeAtMs }),
    };
    this.#resumeAtMs = 0;
    frame.postMessage(ports, origin, [dataPort, port2]);
    this.#heartbeat = new Heartbeat(heartbeatLimitMs);
    this.#timer = window.setInterval(() => this.#beat(), heartbeatEveryMs);
  }

  close(): void {
    this.#isClosed = true;
    this.#release();
  }

  togglePlay(): void {
    if (this.phase !== 'ready') return;
    if (this.isPlaying) return this.#send({ kind: 'pause' });
    if (this.atMs >= this.durationMs) this.seek(0);
    this.#send({ kind: 'play' });
  }

  /** Plays or pauses. */
  setPlaying(isOn: boolean): void {
    if (this.phase === 'ready') this.#send({ kind: isOn ? 'play' : 'pause' });
  }

  seek(atMs: number): void {
    if (this.phase !== 'ready') {
      // A seek before the replay is ready sets the time at which it opens.
      this.#resumeAtMs = this.atMs = atMs;
      return;
    }
    const target = Math.min(Math.max(0, atMs), this.durationMs);
    this.#sought = { atMs: target, untilMs: performance.now() + seekSettlesMs };
    this.atMs = target;
    this.#send({ kind: 'seek', atMs: target });
  }

  setSpeed(speed: number): void {
    this.speed = this.#preferences.speed = speed;
    this.#send({ kind: 'speed', speed });
  }

  /** Passes the app's theme to the frame. */
  setTheme(isDark: boolean): void {
    this.#send({ kind: 'theme', isDark });
  }

  setSkippingIdle(isOn: boolean): void {
    this.isSkippingIdle = this.#preferences.isSkippingIdle = isOn;
    this.#send({ kind: 'skip-idle', isOn });
  }

  #onReport(report: ReplayReport): void {
    switch (report.kind) {
      case 'loading':
        this.isLoading = true;
        break;
      case 'seeked':
        this.isLoading = false;
        break;
      case 'duration':
        this.durationMs = report.durationMs;
        break;
      case 'ready':
        this.durationMs = report.durationMs;
        this.phase = 'ready';
        this.setSpeed(this.speed);
        this.setSkippingIdle(this.isSkippingIdle);
        if (this.#resumeAtMs > 0) this.seek(this.#resumeAtMs);
        if (this.#playsOnceReady) this.setPlaying(true);
        this.#playsOnceReady = false;
        break;
      case 'time':
        this.isPlaying = report.isPlaying;
        if (this.#isSettled(report.atMs)) this.atMs = report.atMs;
        break;
      case 'alive':
        this.#heartbeat.answered(report.beat);
        break;
      case 'failed':
        this.#fail({ code: isErrorCode(report.code) ? report.code : 'bug' });
        break;
      case 'bug':
        reportBug('replay', report.bug);
        break;
      case 'size':
        // The frame scales itself.
        break;
    }
  }

  #isSettled(atMs: number): boolean {
    // The frame reports its initial time until it has sought the chosen one.
    if (this.phase !== 'ready' && this.#resumeAtMs > 0) return false;
    if (!this.#sought) return true;
    const isOld = performance.now() < this.#sought.untilMs && Math.abs(atMs - this.#sought.atMs) > nearMs;
    if (!isOld) this.#sought = undefined;
    return !isOld;
  }

  #beat(): void {
    const beat = this.#heartbeat.next();
    if (beat === 'wait') return;
    if (beat !== 'dead') return this.#send({ kind: 'heartbeat', beat });
    this.#release();
    this.isPlaying = false;
    this.phase = 'dead';
  }

  #fail(error: ErrorReply): void {
    this.#release();
    this.isPlaying = false;
    this.error = error;
    this.phase = 'failed';
  }

  #send(command: ReplayCommand): void {
    this.#control?.postMessage(command);
  }

  #release(): void {
    window.clearInterval(this.#timer);
    this.#control?.close();
    this.#control = undefined;
    // Closes a port that was claimed and never passed to the frame.
    void this.#dataPort?.then((port) => port.close());
    this.#dataPort = undefined;
  }
}
