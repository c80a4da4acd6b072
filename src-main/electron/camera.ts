import {
  BrowserWindow,
  MessageChannelMain,
  nativeImage,
  type MessagePortMain,
  type NativeImage,
  type Rectangle,
  type Session,
  type WebContents,
} from 'electron';
import { replayPortsMessage, type ReplayPorts, type ReplayReport } from '../contract/replay-port';
import { placePage } from '../contract/shared/stage-fit';
import type { Moment, WindowReply } from '../contract/window-port';
import type { Replays } from './replays';

export interface CameraParts {
  replays: Pick<Replays, 'serve' | 'close'>;
  /** A browser session without network access. */
  session: Session;
  /** The path of the preload that passes a replay its ports. */
  preload: string;
}

/** The longest side of a screenshot, px: readable on a screen, and fits the width of a printed page. */
const stagePx = 960;
/** The time limit of a screenshot, ms. */
const limitMs = 20_000;
/** Text stays sharp, and a page is about 100 kB. */
const jpegQuality = 85;

type FirstFrame = Extract<ReplayReport, { kind: 'ready' }>;

/** Takes screenshots of replays in a hidden window. The window is drawn in memory, so its size doesn't depend on the display. */
export class Camera {
  private window: BrowserWindow | undefined;

  constructor(private readonly parts: CameraParts) {}

  /** Call one at a time. Rejects if the replay's process ends, takes too long or is cancelled. */
  async take({ id, windowId, atMs }: Moment, signal: AbortSignal): Promise<WindowReply> {
    const crash = new AbortController();
    const onGone = (): void => crash.abort();
    const stopped = AbortSignal.any([signal, crash.signal, AbortSignal.timeout(limitMs)]);
    const { replays } = this.parts;
    const { origin, port } = await replays.serve(id, windowId);
    const { port1: control, port2 } = new MessageChannelMain();
    try {
      stopped.throwIfAborted();
      const window = (this.window ??= this.openWindow());
      const { webContents } = window;
      webContents.once('render-process-gone', onGone);
      await orAborted(window.loadURL(`${origin}/replay.html`), stopped);
      const first = firstFrame(control);
      const ports: ReplayPorts = { kind: 'ports', isDark: false, atMs };
      webContents.postMessage(replayPortsMessage, ports, [port, port2]);
      const ready = await orAborted(first, stopped);
      if (ready.isBlank) return { failure: 'no-page' };
      const screenshot = (await orAborted(capture(webContents), stopped)).crop(areaOf(ready));
      return screenshot.isEmpty() ? { failure: 'failed' } : { bytes: screenshot.toJPEG(jpegQuality) };
    } catch (error) {
      // A window that hangs or has crashed isn't used again.
      this.close();
      throw error;
    } finally {
      this.window?.webContents.off('render-process-gone', onGone);
      control.close();
      replays.close(id);
    }
  }

  close(): void {
    if (this.window?.isDestroyed() === false) this.window.destroy();
    this.window = undefined;
  }

  private openWindow(): BrowserWindow {
    const { session, preload } = this.parts;
    const window = new BrowserWindow({
      show: false,
      frame: false,
      width: stagePx,
      height: stagePx,
      backgroundColor: '#ffffff',
      webPreferences: {
        session,
        preload,
        offscreen: true,
        backgroundThrottling: false,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        spellcheck: false,
        disableDialogs: true,
      },
    });
    window.webContents.debugger.attach();
    return window;
  }
}

/** Resolves when the first frame of the replay is painted. */
function firstFrame(control: MessagePortMain): Promise<FirstFrame> {
  return new Promise((resolve, reject) => {
    control.on('message', ({ data }) => {
      const report = data as ReplayReport;
      if (report.kind === 'ready') resolve(report);
      if (report.kind === 'failed') reject(new Error(report.code));
    });
    control.start();
  });
}

/** Captures the window after all changes are drawn. `capturePage` returns the last drawn frame, which may be of the page before. */
async function capture(contents: WebContents): Promise<NativeImage> {
  const shot: unknown = await contents.debugger.sendCommand('Page.captureScreenshot', { format: 'png' });
  return nativeImage.createFromBuffer(Buffer.from((shot as { data: string }).data, 'base64'));
}

/** Returns the area of complete pixels that a page of this size covers on the stage. */
function areaOf({ width, height }: FirstFrame): Rectangle {
  const { left, top, scale } = placePage({ width: stagePx, height: stagePx }, { width, height });
  const [x, y] = [Math.ceil(left), Math.ceil(top)];
  return { x, y, width: Math.floor(left + width * scale) - x, height: Math.floor(top + height * scale) - y };
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('stopped'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
  });
}
