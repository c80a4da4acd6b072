import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { EventType } from '../../src-main/core/recording/events';
import { recordingPaths, resourcePath } from '../helpers/fixtures';
import { readWindows, type WindowEvents } from '../replay-fidelity/recordings';
import { compareLooks, nothingSeen, type Agreement } from './compare-screenshots';
import { openLooksPage, type LooksPage } from './screenshot-page';
import { outlineOf, redactOnItsClock, startOf } from './redacted-replay';

/**
 * `CASEMENT_TRUTH=all` looks at more moments, all policies and every window; else a few by chance are. `CASEMENT_PICTURES` names a folder
 * for pictures of before and after; `CASEMENT_SEED` repeats a run.
 */
const isLong = process.env.CASEMENT_TRUTH === 'all';
const pictures = process.env.CASEMENT_PICTURES;
const seed = Number(process.env.CASEMENT_SEED ?? Date.now() % 1_000_000);
const policies = isLong ? ['private-by-default', 'readable', 'internal'] : ['private-by-default'];
const moments = isLong ? 5 : 1;
const windowsOfArchive = isLong ? Infinity : 4;
const limitMs = isLong ? 3_600_000 : 600_000;

/** Of the blocks that both show, so many have their size and so many their place, within the tolerance of `compareLooks`. */
const promised = 0.95;
/** What a rule excludes (a keypad, a meter's bar) is missing with all that is in it. */
const promisedShown = 0.8;

let page: LooksPage;
beforeAll(async () => {
  page = await openLooksPage();
  console.log(`Chromium ${page.version}, seed ${seed}`);
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
}, limitMs);
afterAll(() => page?.close());

let state = seed;
function chance(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return Math.floor(((state >>> 0) / 4294967296) * limit);
}

/** Moments with a page on the screen: the last one, and some by chance. */
function momentsOf(events: readonly RecordedEvent[]): number[] {
  const first = events.findIndex(({ type }) => type === EventType.FullSnapshot);
  if (first < 0) return [];
  const chosen = [events.length - 1];
  for (let count = 0; count < moments; count++) chosen.push(first + chance(events.length - first));
  return [...new Set(chosen.map((index) => events[index]?.timestamp ?? 0))];
}

/** Some of an archive's windows by chance, or all. */
function someOf(windows: readonly WindowEvents[]): WindowEvents[] {
  const left = [...windows];
  const some: WindowEvents[] = [];
  while (left.length > 0 && some.length < windowsOfArchive) some.push(...left.splice(chance(left.length), 1));
  return some;
}

const until = (events: readonly RecordedEvent[], atMs: number): RecordedEvent[] =>
  events.filter(({ timestamp }) => timestamp <= atMs);

async function lookAt({ name, events }: WindowEvents, policy: string, seen: Agreement): Promise<void> {
  const redacted = redactOnItsClock(events, policy);
  expect(outlineOf(redacted), name).toEqual(outlineOf(events));
  expect(redacted.every(({ timestamp }, at) => timestamp >= (redacted[at - 1]?.timestamp ?? 0))).toBe(true);
  for (const atMs of momentsOf(events)) {
    const before = await page.show(until(events, atMs), atMs);
    const place = `${name.replace(/[^\w-]+/g, '-')}-${Math.round(atMs - startOf(events))}`;
    if (pictures !== undefined) await page.takePicture(join(pictures, `${place}-recorded.png`));
    compareLooks(before, await page.show(until(redacted, atMs), atMs), seen);
    if (pictures !== undefined) await page.takePicture(join(pictures, `${place}-${policy}.png`));
  }
}

const sizedShare = ({ sized, shown }: Agreement): number => sized / Math.max(shown, 1);

describe.each(policies)('a replay redacted under %s looks like what was recorded', (policy) => {
  it.each(recordingPaths().map((file) => [basename(file), file]))(
    'in %s',
    async (name, file) => {
      const seen = nothingSeen();
      for (const window of someOf(await readWindows(file))) await lookAt(window, policy, seen);
      const { blocks, shown, placed, examples } = seen;
      const shares = [shown / Math.max(blocks, 1), sizedShare(seen), placed / Math.max(shown, 1)];
      const told = shares.map((part) => `${(part * 100).toFixed(1)} %`);
      console.log(`${name}, ${policy}: ${blocks} blocks, shown ${told[0]}, of their size ${told[1]}, place ${told[2]}`);
      if (blocks === 0) return;
      expect(shares[0], examples.join('\n')).toBeGreaterThanOrEqual(promisedShown);
      expect(shares[1], examples.join('\n')).toBeGreaterThanOrEqual(promised);
      expect(shares[2], examples.join('\n')).toBeGreaterThanOrEqual(promised);
    },
    limitMs,
  );

  it(
    'which notices a page without its style',
    async () => {
      const [window] = await readWindows(resourcePath('demo/harbor-checkout.json.gz'));
      const events = window?.events ?? [];
      const atMs = events.at(-1)?.timestamp ?? 0;
      const bare = JSON.parse(
        JSON.stringify(redactOnItsClock(events, policy)).replace(/"(?:_cssText|class|style)":/g, '"data-a0":'),
      ) as RecordedEvent[];
      const seen = nothingSeen();
      compareLooks(await page.show(events, atMs), await page.show(bare, atMs), seen);
      expect(sizedShare(seen)).toBeLessThan(promised);
    },
    limitMs,
  );
});
