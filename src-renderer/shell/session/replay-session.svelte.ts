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

const dataPorts = new DataPortRegistry<MessagePort>();

/** Takes the data ports that the preload hands to this window, and nothing else: frames may post here too. */
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

/** How the user likes to watch; stays from one session to the next. */
const preferences: Preferences = { speed: 1, isSkippingIdle: true };

/** After a seek, reports of the time before it are still on their way; for so long, or until one comes near, they don't count. */
const seekSettlesMs = 600;
const nearMs = 400;

/** One sealed replay: opens it, passes the ports on and mirrors what the frame reports. */
export class ReplaySession {
  phase = $state<'opening' | 'loading' | 'ready' | 'failed' | 'dead'>('opening');
  error = $state.raw<ErrorReply>();
  /** Where the frame lives; undefined until main has opened the replay. */
  origin = $state<string>();
  /** Grows with each reload: a new number is a new frame. */
  attempt = $state(0);
  /** A picture takes long enough for the user to wonder. */
  isLoading = $state(false);
  durationMs = $state(0);
  atMs = $state(0);
  isPlaying = $state(false);
  speed = $state(1);
  isSkippingIdle = $state(true);

  /** The user's window (tab) that is shown; empty until main has said which. */
  windowId = $state('');

  readonly #id: SessionId | PreviewId | CasePreviewId;
  readonly #preferences: Preferences;
  #control: MessagePort | undefined;
  #dataPort: Promise<MessagePort> | undefined;
  #heart = new Heartbeat(heartbeatLimitMs);
  #timer = 0;
  #sought: { atMs: number; untilMs: number } | undefined;
  #resumeAtMs = 0;
  #playsOn = false;
  #isClosed = false;

  /** `watched`: how it is watched; as the user likes to, where nothing is said. */
  constructor(id: SessionId | PreviewId | CasePreviewId, durationMs: number, watched: Preferences = preferences) {
    this.#id = id;
    this.durationMs = durationMs;
    this.#preferences = watched;
    this.speed = watched.speed;
    this.isSkippingIdle = watched.isSkippingIdle;
  }

  /** Before `open`: where the replay opens, and in which of the user's windows; empty leaves that to main. */
  startAt(atMs: number, windowId: string, isPlaying = false): void {
    this.atMs = atMs;
    this.windowId = windowId;
    this.#playsOn = isPlaying;
  }

  /** Opens the replay, or opens it anew where it was after it failed or died. */
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

  /** Shows another window of the user, at the same time. */
  async showWindow(windowId: string): Promise<void> {
    this.windowId = windowId;
    await this.open();
  }

  /** Hands both ports to the frame once it has loaded. A frame that loads a second time has navigated and gets nothing. */
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
      if (report) this.#hear(report);
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
    this.#heart = new Heartbeat(heartbeatLimitMs);
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

  /** Plays or stands still, whatever it does now. */
  setPlaying(isOn: boolean): void {
    if (this.phase === 'ready') this.#send({ kind: isOn ? 'play' : 'pause' });
  }

  seek(atMs: number): void {
    if (this.phase !== 'ready') {
      // A click on an event while the recording still comes in is meant: that is where the replay will open.
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

  /** Tells the frame that the app is dark or light now. */
  setTheme(isDark: boolean): void {
    this.#send({ kind: 'theme', isDark });
  }

  setSkippingIdle(isOn: boolean): void {
    this.isSkippingIdle = this.#preferences.isSkippingIdle = isOn;
    this.#send({ kind: 'skip-idle', isOn });
  }

  #hear(report: ReplayReport): void {
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
        if (this.#playsOn) this.setPlaying(true);
        this.#playsOn = false;
        break;
      case 'time':
        this.isPlaying = report.isPlaying;
        if (this.#isSettled(report.atMs)) this.atMs = report.atMs;
        break;
      case 'alive':
        this.#heart.answered(report.beat);
        break;
      case 'failed':
        this.#fail({ code: isErrorCode(report.code) ? report.code : 'bug' });
        break;
      case 'size':
        // The frame fits itself into the pane.
        break;
    }
  }

  #isSettled(atMs: number): boolean {
    // Where the replay will open was chosen; what the frame tells before is of where it opened first.
    if (this.phase !== 'ready' && this.#resumeAtMs > 0) return false;
    if (!this.#sought) return true;
    const isOld = performance.now() < this.#sought.untilMs && Math.abs(atMs - this.#sought.atMs) > nearMs;
    if (!isOld) this.#sought = undefined;
    return !isOld;
  }

  #beat(): void {
    const beat = this.#heart.next();
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
    // A port that was claimed and never passed on.
    void this.#dataPort?.then((port) => port.close());
    this.#dataPort = undefined;
  }
}
