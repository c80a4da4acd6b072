import { Replayer } from 'rrweb';
import type { eventWithTime } from '@rrweb/types';
import { allowDoctypesOnly } from '../../../src-renderer/replay/doctypes';

type Plugins = NonNullable<ConstructorParameters<typeof Replayer>[1]>['plugins'];

export interface Played {
  replayer: Replayer;
  /** Removes the replay from the page. */
  end: () => void;
}

/**
 * Replays the events in order with rrweb's Replayer. Each event is applied to the page itself, as during playback. On a seek, a Replayer
 * may apply them to a virtual DOM first, which loses some events (docs/replay.md lists them).
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
    // The position of a smooth scroll or of an anchored view depends on when the browser last painted the page.
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

/** Resolves after rrweb has finished the work that it defers to a timer or to the next frame. */
async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
