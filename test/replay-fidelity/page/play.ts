import { Replayer } from 'rrweb';
import type { eventWithTime } from '@rrweb/types';
import { allowDoctypesOnly } from '../../../src-renderer/replay/doctypes';

type Plugins = NonNullable<ConstructorParameters<typeof Replayer>[1]>['plugins'];

export interface Played {
  replayer: Replayer;
  /** Takes the replay off the page. */
  end: () => void;
}

/**
 * What the events do in order, told by rrweb's Replayer. Each event is applied to the page itself, as when it plays: sent to a later
 * moment, a Replayer may apply them to a copy of the page first, which loses some (docs/replay.md tells which).
 */
export async function play(events: eventWithTime[], atMs: number, plugins: NonNullable<Plugins> = []): Promise<Played> {
  const root = document.body.appendChild(document.createElement('div'));
  const replayer = new Replayer(events, {
    root,
    plugins,
    mouseTail: false,
    triggerFocus: false,
    useVirtualDom: false,
    showWarning: false,
    showDebug: false,
    skipInactive: false,
    pauseAnimation: true,
    // Where a view is on its way, or is held while rows come in above it, depends on when the browser last drew the page.
    insertStyleRules: ['* { overflow-anchor: none !important; scroll-behavior: auto !important }'],
  });
  const end = (): void => {
    replayer.destroy();
    root.remove();
  };
  try {
    const { contentWindow } = replayer.iframe;
    if (contentWindow) allowDoctypesOnly(contentWindow as Window & typeof globalThis);
    // A Replayer takes the size of its first page after this, and builds it.
    await quiet();
    // An event counts as played only once its time has passed.
    replayer.pause(atMs + 1 - (events[0]?.timestamp ?? 0));
    await quiet();
  } catch (error) {
    end();
    throw error;
  }
  return { replayer, end };
}

/** What rrweb puts off by a timer or to the next frame is done after this. */
async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
