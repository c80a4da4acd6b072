import { launchChromium } from '../../../scripts/browser/launch.mjs';
import { bundlePage, openPage } from '../../../scripts/browser/page.mjs';
import { readFileSync } from 'node:fs';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { writeKeyframe } from '../../../src-main/core/recording/segments/keyframe';
import { pageHeaders } from '../../../src-main/electron/page-headers';
import type { FrameRecording } from '../page/live';
import type { LiveCase } from './live-cases';

/** A recording of a live page, and what the page looked like at a moment. */
interface LiveRecording {
  events: RecordedEvent[];
  /** ms from the first event. All events but the last happen before, the last but one just before. Neither changes the page. */
  atMs: number;
  /** PNG, base64. */
  screenshot: string;
}

export interface LiveBrowser {
  version: string;
  record(live: LiveCase): Promise<LiveRecording>;
  /** Shows the moment in the app's frame and returns a screenshot. */
  showInFrame(recording: FrameRecording, atMs: number, isPlayed: boolean): Promise<void>;
  /** Shows the moment with rrweb's Replayer alone. */
  showWithRrweb(events: readonly RecordedEvent[], atMs: number): Promise<void>;
  takeScreenshot(): Promise<string>;
  countDifferences(one: string, other: string): Promise<number>;
  close(): Promise<void>;
}

interface RecorderWindow {
  startRecording(isInner: boolean): void;
  takeEvents(): string[];
}

interface FrameWindow {
  showInFrame(recording: FrameRecording, atMs: number, isPlayed: boolean): Promise<void>;
  showWithRrweb(events: string, atMs: number): Promise<void>;
  countDifferences(one: string, other: string): Promise<number>;
}

const viewport = { width: 800, height: 500 };
/** Nothing happens for this long after the moment, so that a replay that plays up to it has time to stop. */
const quietMs = 60_000;
const liveAddress = 'https://live.invalid/';
/** As in the app, without the pointer, which a live page doesn't show. */
const frameStyle = `${readFileSync('src-renderer/replay/replay.css', 'utf8').replace(/@import[^;]*;/, '')}
  .replayer-wrapper { position: absolute; inset: 0 auto auto 0 } iframe { border: 0 } .replayer-mouse { display: none }`;

export async function openLiveBrowser(): Promise<LiveBrowser> {
  const browser = await launchChromium(viewport);
  const recorder = await bundlePage('test/replay-fidelity/page/recorder.ts');
  const frame = await openPage(browser, await bundlePage('test/replay-fidelity/page/live.ts'), {
    policy: pageHeaders.replay['content-security-policy'],
    style: frameStyle,
  });
  return {
    version: browser.version,
    async record({ body, files = {}, act, click }) {
      const page = await browser.context.newPage();
      await page.route('**/*', async (route) => {
        const address = route.request().url();
        const { pathname } = new URL(address);
        if (address === liveAddress) {
          const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Live</title></head><body>${body}</body></html>`;
          return route.fulfill({ contentType: 'text/html', body: html });
        }
        if (pathname === '/recorder.js') return route.fulfill({ contentType: 'text/javascript', body: recorder });
        const file = files[address] ?? files[pathname];
        return file ? route.fulfill(file) : route.fulfill({ status: 404 });
      });
      await page.goto(liveAddress);
      await page.addScriptTag({ url: '/recorder.js' });
      await page.evaluate(async () => {
        document.currentScript?.remove();
        for (const script of document.querySelectorAll('script')) script.remove();
        (window as unknown as RecorderWindow).startRecording(false);
        // rrweb records inner documents and adopted sheets a moment later.
        await new Promise((resolve) => setTimeout(resolve, 100));
      });
      if (click !== undefined) await page.click(click);
      await page.evaluate(act);
      // Otherwise the pointer stays over the element, which a recorder doesn't report.
      if (click !== undefined) await page.mouse.move(viewport.width - 5, viewport.height - 5);
      const events = await page.evaluate(async () => {
        // The recorder reports the last changes with the next frames.
        await new Promise((resolve) => setTimeout(resolve, 100));
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return (window as unknown as RecorderWindow).takeEvents();
      });
      const screenshot = (await page.screenshot()).toString('base64');
      await page.close();
      const recorded = events.map((event) => JSON.parse(event) as RecordedEvent);
      const [first, last] = [recorded[0]?.timestamp ?? 0, recorded.at(-1)?.timestamp ?? 0];
      const silent = (timestamp: number): RecordedEvent => ({
        type: 5,
        data: { tag: 'quiet', payload: null },
        timestamp,
      });
      recorded.push(silent(last + 1), silent(last + quietMs));
      return { events: recorded, atMs: last - first + 2, screenshot };
    },
    showInFrame: (recording, atMs, isPlayed) =>
      frame.evaluate(([shown, at, played]) => (window as unknown as FrameWindow).showInFrame(shown, at, played), [
        recording,
        atMs,
        isPlayed,
      ] as const),
    showWithRrweb: (events, atMs) =>
      frame.evaluate(([json, at]) => (window as unknown as FrameWindow).showWithRrweb(json, at), [
        JSON.stringify(events),
        atMs,
      ] as const),
    takeScreenshot: async () => (await frame.screenshot()).toString('base64'),
    countDifferences: (one, other) =>
      frame.evaluate(([before, after]) => (window as unknown as FrameWindow).countDifferences(before, after), [
        one,
        other,
      ] as const),
    close: () => browser.close(),
  };
}

/** Returns a recording as the app stores it, with a new segment before the event at each index. */
export function cutInto(events: readonly RecordedEvent[], cuts: readonly number[]): FrameRecording {
  const startedAt = events[0]?.timestamp ?? 0;
  const model = new DomModel();
  const edges = [0, ...cuts, events.length];
  const segments = edges.slice(0, -1).map((from, index) => {
    const own = events.slice(from, edges[index + 1]);
    const startMs = own[0]?.timestamp ?? startedAt;
    const keyframe = writeKeyframe(model, startMs);
    for (const event of own) model.apply(event);
    return {
      startMs: startMs - startedAt,
      endMs: (own.at(-1)?.timestamp ?? startMs) - startedAt,
      keyframe: keyframe.length,
      json: JSON.stringify([...keyframe, ...own]),
    };
  });
  return { startedAt, durationMs: (events.at(-1)?.timestamp ?? startedAt) - startedAt, segments };
}
