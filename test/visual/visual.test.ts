import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { EventType } from '../../src-main/core/recording/events';
import { isRecord } from '../../src-main/core/recording/json';
import { withCanvasBox } from '../../src-main/core/redaction/nodes/canvas-box';
import { recordingPaths, resourcePath } from '../helpers/fixtures';
import { readWindows, type WindowEvents } from '../replay-fidelity/recordings';
import { compareLayouts, emptyAgreement, type Agreement } from './compare-screenshots';
import { openScreenshotPage, type ScreenshotPage } from './screenshot-page';
import { outlineOf, redactOnOriginalClock, startOf } from './redacted-replay';

/**
 * `CASEMENT_FIDELITY=all` compares more moments, all policies and every window instead of a few random ones. `CASEMENT_SCREENSHOTS` is a folder
 * for screenshots before and after redaction. `CASEMENT_SEED` repeats a run.
 */
const isLong = process.env.CASEMENT_FIDELITY === 'all';
const screenshots = process.env.CASEMENT_SCREENSHOTS;
const seed = Number(process.env.CASEMENT_SEED ?? Date.now() % 1_000_000);
const policies = isLong ? ['private-by-default', 'readable', 'internal'] : ['private-by-default'];
const moments = isLong ? 5 : 1;
const windowsOfArchive = isLong ? Infinity : 4;
const limitMs = isLong ? 3_600_000 : 600_000;

/** The minimum share of the blocks on both pages with the same size, and of those with the same position. */
const minimumShare = 0.95;
/** The minimum share of blocks that the redacted page shows. Elements that a rule excludes (a keypad, a meter's bar) are missing. */
const minimumShown = 0.8;

let page: ScreenshotPage;
beforeAll(async () => {
  page = await openScreenshotPage();
  console.log(`Chromium ${page.version}, seed ${seed}`);
  if (screenshots !== undefined) mkdirSync(screenshots, { recursive: true });
}, limitMs);
afterAll(() => page?.close());

let state = seed;
function random(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return Math.floor(((state >>> 0) / 4294967296) * limit);
}

/** Returns moments with a page on the screen: the last one, and some random ones. */
function momentsOf(events: readonly RecordedEvent[]): number[] {
  const first = events.findIndex(({ type }) => type === EventType.FullSnapshot);
  if (first < 0) return [];
  const chosen = [events.length - 1];
  for (let count = 0; count < moments; count++) chosen.push(first + random(events.length - first));
  return [...new Set(chosen.map((index) => events[index]?.timestamp ?? 0))];
}

/** Returns some random windows of an archive, or all. */
function pickWindows(windows: readonly WindowEvents[]): WindowEvents[] {
  const remaining = [...windows];
  const picked: WindowEvents[] = [];
  while (remaining.length > 0 && picked.length < windowsOfArchive)
    picked.push(...remaining.splice(random(remaining.length), 1));
  return picked;
}

const until = (events: readonly RecordedEvent[], atMs: number): RecordedEvent[] =>
  events.filter(({ timestamp }) => timestamp <= atMs);

/** A browser lays out no canvas in a page without scripts. The app's replay gives each its size, so the recorded page has to have it. */
function layOutCanvases(events: readonly RecordedEvent[]): RecordedEvent[] {
  return JSON.parse(JSON.stringify(events), (_key, value: unknown) => {
    if (!isRecord(value) || value.tagName !== 'canvas' || !isRecord(value.attributes)) return value;
    const { style, width, height } = value.attributes;
    return { ...value, attributes: { ...value.attributes, style: withCanvasBox(style, width, height) } };
  }) as RecordedEvent[];
}

async function compareWindow({ name, events }: WindowEvents, policy: string, agreement: Agreement): Promise<void> {
  const redacted = redactOnOriginalClock(events, policy);
  expect(outlineOf(redacted), name).toEqual(outlineOf(events));
  expect(redacted.every(({ timestamp }, at) => timestamp >= (redacted[at - 1]?.timestamp ?? 0))).toBe(true);
  for (const atMs of momentsOf(events)) {
    const before = await page.show(until(layOutCanvases(events), atMs), atMs);
    const fileName = `${name.replace(/[^\w-]+/g, '-')}-${Math.round(atMs - startOf(events))}`;
    if (screenshots !== undefined) await page.takeScreenshot(join(screenshots, `${fileName}-recorded.png`));
    compareLayouts(before, await page.show(until(redacted, atMs), atMs), agreement);
    if (screenshots !== undefined) await page.takeScreenshot(join(screenshots, `${fileName}-${policy}.png`));
  }
}

const sizedShare = ({ sized, shown }: Agreement): number => sized / Math.max(shown, 1);

describe.each(policies)('a replay redacted under %s keeps the recorded layout', (policy) => {
  it.each(recordingPaths().map((file) => [basename(file), file]))(
    'in %s',
    async (name, file) => {
      const agreement = emptyAgreement();
      for (const window of pickWindows(await readWindows(file))) await compareWindow(window, policy, agreement);
      const { blocks, shown, placed, examples } = agreement;
      const shares = [shown / Math.max(blocks, 1), sizedShare(agreement), placed / Math.max(shown, 1)];
      const percentages = shares.map((part) => `${(part * 100).toFixed(1)} %`);
      console.log(
        `${name}, ${policy}: ${blocks} blocks, shown ${percentages[0]}, same size ${percentages[1]}, same position ${percentages[2]}`,
      );
      if (blocks === 0) return;
      expect(shares[0], examples.join('\n')).toBeGreaterThanOrEqual(minimumShown);
      expect(shares[1], examples.join('\n')).toBeGreaterThanOrEqual(minimumShare);
      expect(shares[2], examples.join('\n')).toBeGreaterThanOrEqual(minimumShare);
    },
    limitMs,
  );

  it(
    'notices a page without its style',
    async () => {
      const [window] = await readWindows(resourcePath('demo/harbor-checkout.json.gz'));
      const events = window?.events ?? [];
      const atMs = events.at(-1)?.timestamp ?? 0;
      const bare = JSON.parse(
        JSON.stringify(redactOnOriginalClock(events, policy)).replace(/"(?:_cssText|class|style)":/g, '"data-a0":'),
      ) as RecordedEvent[];
      const agreement = emptyAgreement();
      compareLayouts(await page.show(events, atMs), await page.show(bare, atMs), agreement);
      expect(sizedShare(agreement)).toBeLessThan(minimumShare);
    },
    limitMs,
  );
});
