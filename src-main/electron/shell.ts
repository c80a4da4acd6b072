import type { Session, WebContents } from 'electron';
import type { EventName, EventPayload } from '../contract/ipc';
import type { WorkerPort } from '../services/ports';
import { trackDroppedFiles } from './ipc';
import { Replays } from './replays';
import { createSealedSession } from './sealed-session';
import { servePages } from './serve-pages';
import { createShellWindow, loadShell } from './shell-window';

interface ShellOptions {
  worker: WorkerPort;
  /** Allows the developer tools. */
  isInspectable: boolean;
  preload: string;
  icon: string;
  /** The folder of the built pages. */
  pages: string;
}

/** Casement's window and its browser session. */
export interface Shell {
  session: Session;
  replays: Replays;
  isShell: (contents: WebContents) => boolean;
  emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  /** Returns the files that were dropped last, once. */
  takeDropped: () => string[];
  load: () => Promise<void>;
}

export function createShell({ worker, isInspectable, preload, icon, pages }: ShellOptions): Shell {
  const session = createSealedSession(isInspectable);
  const window = createShellWindow(session, preload, icon);
  const contents = window.webContents;
  const isShell = (candidate: WebContents): boolean => candidate === contents;
  const replays = new Replays(worker, contents);
  servePages(session, pages, replays.isOpen);
  return {
    session,
    replays,
    isShell,
    emit: (name, payload) => {
      if (!contents.isDestroyed()) contents.send(name, payload);
    },
    takeDropped: trackDroppedFiles(isShell),
    load: () => loadShell(window),
  };
}
