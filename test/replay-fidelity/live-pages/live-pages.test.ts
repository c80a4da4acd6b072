import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventType } from '../../../src-main/core/recording/events';
import { liveCases } from './live-cases';
import { cutInto, openLiveBrowser, type LiveBrowser } from './live-browser';

/** `CASEMENT_SCREENSHOTS` is a folder for screenshots of the live pages and of their replays. */
const folder = process.env.CASEMENT_SCREENSHOTS;
/** Edges of letters may differ. */
const allowedPixels = 20;

let browser: LiveBrowser;
beforeAll(async () => {
  browser = await openLiveBrowser();
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
});
afterAll(() => browser?.close());

function save(name: string, screenshot: string): void {
  if (folder !== undefined) writeFileSync(join(folder, `${name}.png`), Buffer.from(screenshot, 'base64'));
}

describe('a replay looks like the live page that was recorded', () => {
  it.each(Object.entries(liveCases))('if %s', async (name, live) => {
    const { events, atMs, screenshot } = await browser.record(live);
    const file = name.replace(/\W+/g, '-');
    save(`${file}-live`, screenshot);
    if (folder !== undefined) writeFileSync(join(folder, `${file}.json`), JSON.stringify(events));
    const end = events.length - 2;
    const firstPage = events.findIndex(({ type }) => type === EventType.FullSnapshot);
    const middle = Math.floor((firstPage + 1 + end) / 2);
    const ways = {
      sought: [cutInto(events, []), false],
      'sought-from-keyframe': [cutInto(events, [end]), false],
      'sought-in-second-segment': [cutInto(events, [middle]), false],
      played: [cutInto(events, []), true],
      'played-over-edge': [cutInto(events, [middle]), true],
    } as const;
    for (const [way, [recording, isPlayed]] of Object.entries(ways)) {
      await browser.showInFrame(recording, atMs, isPlayed);
      const different = async (): Promise<number> => {
        const shown = await browser.takeScreenshot();
        save(`${file}-${way}`, shown);
        return browser.countDifferences(screenshot, shown);
      };
      await expect.poll(different, { message: way }).toBeLessThanOrEqual(allowedPixels);
    }
    await browser.showWithRrweb(events, atMs + (events[0]?.timestamp ?? 0));
    const alone = await browser.takeScreenshot();
    save(`${file}-rrweb`, alone);
    const isWrong = (await browser.countDifferences(screenshot, alone)) > allowedPixels;
    if (live.isWrongInRrweb !== undefined) expect(isWrong, 'with rrweb alone').toBe(live.isWrongInRrweb);
  });
});
