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
  /** Without a way out. */
  session: Session;
  /** The path of the preload that hands a replay its ports. */
  preload: string;
}

/** The pictures' longest side, px: what can be read on a screen and fits the width of a printed page. */
const stagePx = 960;
/** A picture that takes longer is given up, ms. */
const limitMs = 20_000;
/** Text stays sharp, and a page takes some 100 kB. */
const jpegQuality = 85;

type FirstPicture = Extract<ReplayReport, { kind: 'ready' }>;

/** Takes pictures of replays in a window of its own that is never shown. It is drawn in memory, so no display has a say in its size. */
export class Camera {
  private window: BrowserWindow | undefined;

  constructor(private readonly parts: CameraParts) {}

  /** One at a time. Rejects where the replay's process ends, takes too long or is stopped. */
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
      await orStopped(window.loadURL(`${origin}/replay.html`), stopped);
      const first = firstPicture(control);
      const ports: ReplayPorts = { kind: 'ports', isDark: false, atMs };
      webContents.postMessage(replayPortsMessage, ports, [port, port2]);
      const ready = await orStopped(first, stopped);
      if (ready.isBlank) return { failure: 'no-page' };
      const picture = (await orStopped(capture(webContents), stopped)).crop(placeOf(ready));
      return picture.isEmpty() ? { failure: 'failed' } : { bytes: picture.toJPEG(jpegQuality) };
    } catch (error) {
      // What hangs or has crashed isn't asked again.
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

/** Resolves when the replay's first picture is painted. */
function firstPicture(control: MessagePortMain): Promise<FirstPicture> {
  return new Promise((resolve, reject) => {
    control.on('message', ({ data }) => {
      const report = data as ReplayReport;
      if (report.kind === 'ready') resolve(report);
      if (report.kind === 'failed') reject(new Error(report.code));
    });
    control.start();
  });
}

/** What the window shows once all that was changed is drawn: `capturePage` takes what was drawn last, which may be the page before. */
async function capture(contents: WebContents): Promise<NativeImage> {
  const shot: unknown = await contents.debugger.sendCommand('Page.captureScreenshot', { format: 'png' });
  return nativeImage.createFromBuffer(Buffer.from((shot as { data: string }).data, 'base64'));
}

/** The whole pixels that a page of that size takes on the stage. */
function placeOf({ width, height }: FirstPicture): Rectangle {
  const { left, top, scale } = placePage({ width: stagePx, height: stagePx }, { width, height });
  const [x, y] = [Math.ceil(left), Math.ceil(top)];
  return { x, y, width: Math.floor(left + width * scale) - x, height: Math.floor(top + height * scale) - y };
}

function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('stopped'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
  });
}
