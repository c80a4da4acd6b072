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
  loadRecording(paths: readonly string[]): Promise<void>;
  compareReplays(sample: Sample): Promise<Comparison>;
}

/** A page is handed a recording in pieces: what answers a request of it travels as one message, and Chromium ends at very long ones. */
const pieceEvents = 10_000;

export async function openReplayPage(): Promise<ReplayPage> {
  const browser = await launchChromium();
  let recording: readonly RecordedEvent[] = [];
  const page = await openPage(browser, await bundlePage('test/replay-fidelity/page/main.ts'), {
    // The app's own, and the page may fetch its recording.
    policy: `${pageHeaders.replay['content-security-policy']}; connect-src 'self'`,
    // As the app has it: the page is laid out in the size that was recorded.
    style: '.replayer-wrapper { position: absolute; inset: 0 auto auto 0 } iframe { border: 0 }',
    file: (path) => {
      const from = Number(path.slice(1)) * pieceEvents;
      return JSON.stringify(recording.slice(from, from + pieceEvents));
    },
  });
  return {
    version: browser.version,
    async load(events) {
      recording = events;
      const paths = Array.from({ length: Math.ceil(events.length / pieceEvents) }, (_, piece) => `/${piece}`);
      await page.evaluate((given) => (window as unknown as PageWindow).loadRecording(given), paths);
    },
    compare: (sample) => page.evaluate((given) => (window as unknown as PageWindow).compareReplays(given), sample),
    close: () => browser.close(),
  };
}
