import { bundlePage, openPage } from '../../scripts/browser/page.mjs';
import { launchChromium } from '../../scripts/browser/launch.mjs';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { pageHeaders } from '../../src-main/electron/page-headers';
import type { Comparison } from './page/compare';
import type { Sample } from './samples';

/** A browser in which two replays of one recording are compared. */
export interface ReplayPage {
  version: string;
  load(events: readonly RecordedEvent[]): Promise<void>;
  /** Samples of one moment come one after the other: its full replay is made once. */
  compare(sample: Sample): Promise<Comparison>;
  close(): Promise<void>;
}

interface PageWindow {
  loadRecording(path: string): Promise<void>;
  compareReplays(sample: Sample): Promise<Comparison>;
}

export async function openReplayPage(): Promise<ReplayPage> {
  const browser = await launchChromium();
  let recording = '[]';
  const page = await openPage(browser, await bundlePage('test/truth/page/main.ts'), {
    // The app's own, and the page may fetch its recording.
    policy: `${pageHeaders.replay['content-security-policy']}; connect-src 'self'`,
    // As the app has it: the page is laid out in the size that was recorded.
    style: '.replayer-wrapper { position: absolute; inset: 0 auto auto 0 } iframe { border: 0 }',
    file: () => recording,
  });
  return {
    version: browser.version,
    async load(events) {
      recording = JSON.stringify(events);
      await page.evaluate(() => (window as unknown as PageWindow).loadRecording('/recording'));
    },
    compare: (sample) => page.evaluate((given) => (window as unknown as PageWindow).compareReplays(given), sample),
    close: () => browser.close(),
  };
}
