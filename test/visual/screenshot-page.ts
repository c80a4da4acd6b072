import { launchChromium } from '../../scripts/browser/launch.mjs';
import { bundlePage, openPage } from '../../scripts/browser/page.mjs';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { pageHeaders } from '../../src-main/electron/page-headers';
import type { Box } from '../replay-fidelity/page/screenshots';

/** A browser that shows one replay at a time. */
export interface ScreenshotPage {
  version: string;
  /** Replays the events up to a moment and returns the position of every element. */
  show(events: readonly RecordedEvent[], atMs: number): Promise<Box[]>;
  /** Takes a screenshot of the page. */
  takeScreenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

interface PageWindow {
  showReplay(path: string, atMs: number): Promise<Box[]>;
}

export async function openScreenshotPage(): Promise<ScreenshotPage> {
  const browser = await launchChromium({ width: 1400, height: 900 });
  let currentEvents: readonly RecordedEvent[] = [];
  const page = await openPage(browser, await bundlePage('test/replay-fidelity/page/screenshots.ts'), {
    policy: `${pageHeaders.replay['content-security-policy']}; connect-src 'self'`,
    style: '.replayer-wrapper { position: absolute; inset: 0 auto auto 0 } iframe { border: 0 }',
    file: () => JSON.stringify(currentEvents),
  });
  return {
    version: browser.version,
    show(events, atMs) {
      currentEvents = events;
      return page.evaluate(([path, at]) => (window as unknown as PageWindow).showReplay(path, at), [
        '/events',
        atMs,
      ] as const);
    },
    async takeScreenshot(file) {
      await page.screenshot({ path: file });
    },
    close: () => browser.close(),
  };
}
