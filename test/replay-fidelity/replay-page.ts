import { bundlePage, openPage } from '../../scripts/browser/page.mjs';
import { launchChromium } from '../../scripts/browser/launch.mjs';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { pageHeaders } from '../../src-main/electron/page-headers';
import type { Comparison } from './page/compare';
import type { Sample } from './samples';

/** A browser that compares two replays of a recording. */
export interface ReplayPage {
  version: string;
  load(events: readonly RecordedEvent[]): Promise<void>;
  /** Call with samples of the same moment in a row, so that their full replay runs only once. */
  compare(sample: Sample): Promise<Comparison>;
  close(): Promise<void>;
}

interface PageWindow {
  loadRecording(paths: readonly string[]): Promise<void>;
  compareReplays(sample: Sample): Promise<Comparison>;
}

/** The page loads a recording in pieces, because each response is one message and Chromium crashes on very long ones. */
const pieceEvents = 10_000;

export async function openReplayPage(): Promise<ReplayPage> {
  const browser = await launchChromium();
  let recording: readonly RecordedEvent[] = [];
  const page = await openPage(browser, await bundlePage('test/replay-fidelity/page/main.ts'), {
    // The app's own policy, except that the page may fetch its recording.
    policy: `${pageHeaders.replay['content-security-policy']}; connect-src 'self'`,
    // As in the app: the page is laid out at its recorded size.
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
      await page.evaluate((argument) => (window as unknown as PageWindow).loadRecording(argument), paths);
    },
    compare: (sample) =>
      page.evaluate((argument) => (window as unknown as PageWindow).compareReplays(argument), sample),
    close: () => browser.close(),
  };
}
