import { mkdtempSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/browser/launch.mjs';
import type { SessionEvent } from '../../src-main/contract/recorded-event';
import type { PreparedExport } from '../../src-main/core/export/prepare';
import { writeReplayPage } from '../../src-main/core/export/replay-page';
import { casement } from '../helpers/command-line';
import { hostileStrings } from '../helpers/hostile-strings';
import { buildReplayTemplate } from '../helpers/replay-template';
import { resourcePath } from '../helpers/shared';
import { makeEntry } from '../helpers/timeline-document';

const facts = { title: hostileStrings.join(' '), software: 'Casement 0.1.0', policy: 'x', generatedAt: '' };
const hit = 'http://sink.invalid/hit';
const attack = `<img src=${hit} onerror="window.sentinel=1"></script><script>window.sentinel=1;fetch('${hit}')</script>`;

/** A page that tries what a page can: none of it was redacted. */
function hostileSession(): PreparedExport {
  const node = (
    id: number,
    tagName: string,
    attributes: Record<string, string>,
    childNodes: object[] = [],
  ): object => ({
    type: 2,
    id,
    tagName,
    attributes,
    childNodes,
  });
  const body = node(5, 'body', { onload: 'top.sentinel=1' }, [
    node(6, 'img', { src: hit, onerror: 'top.sentinel=1' }),
    node(7, 'iframe', { srcdoc: '<script>top.sentinel=1</script>' }),
    {
      ...node(8, 'svg', { onload: 'top.sentinel=1' }, [
        { ...node(9, 'script', {}, [{ type: 3, id: 10, textContent: 'top.sentinel=1' }]), isSVG: true },
      ]),
      isSVG: true,
    },
    node(11, 'a', { href: 'javascript:top.sentinel=1', autofocus: '' }, [{ type: 3, id: 12, textContent: attack }]),
    node(13, 'style', {}, [{ type: 3, id: 14, textContent: `body{background:url(${hit})}` }]),
  ]);
  const page = {
    type: 0,
    id: 1,
    childNodes: [
      node(2, 'html', {}, [
        node(3, 'head', {}, [node(4, 'meta', { 'http-equiv': 'refresh', content: `0;url=${hit}` })]),
        body,
      ]),
    ],
  };
  const events = [
    { type: 4, timestamp: 0, data: { href: 'about:blank', width: 800, height: 600 } },
    { type: 2, timestamp: 1, data: { node: page, initialOffset: { left: 0, top: 0 } } },
    { type: 3, timestamp: 5000, data: { source: 3, id: 1, x: 0, y: 0 } },
  ].map((event) => ({ windowId: '1', event }) as unknown as SessionEvent);
  return {
    events,
    entries: [...hostileStrings, attack].map((text, index) => makeEntry(text, { atMs: index * 10 })),
    notes: [],
    report: { masked: {}, dropped: {} } as PreparedExport['report'],
    zeroAt: 0,
    startedAt: null,
    durationMs: 5000,
    originals: undefined as never,
  };
}

describe('an exported replay page', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  const folder = mkdtempSync(join(tmpdir(), 'replay-page-'));
  chmodSync(folder, 0o755);
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser.close());

  async function open(
    html: string,
  ): Promise<{ page: Awaited<ReturnType<typeof browser.context.newPage>>; asked: string[] }> {
    const file = join(folder, `${Math.random()}.html`);
    writeFileSync(file, html, { mode: 0o644 });
    const page = await browser.context.newPage();
    const asked: string[] = [];
    // A browser also tells of requests that the page's policy stopped before they were sent.
    page.on('requestfailed', (request) => {
      const { errorText = '' } = request.failure() ?? {};
      if (!/^(file|data|blob|about):/.test(request.url()) && errorText !== 'csp')
        asked.push(`${request.url()} ${errorText}`);
    });
    await page.goto(pathToFileURL(file).href);
    return { page, asked };
  }
  const sentinel = (page: { evaluate: (script: string) => Promise<unknown> }): Promise<unknown> =>
    page.evaluate('window.sentinel');

  it('plays in a browser from a file, goes where an entry is, and asks for nothing', async () => {
    const { stdout, code } = await casement(
      'timeline',
      resourcePath('demo/harbor-checkout.json.gz'),
      '--format',
      'replay-html',
    );
    expect(code).toBe(0);
    const { page, asked } = await open(stdout);
    const frame = page.frameLocator('.stage iframe');
    await frame.locator('body *').first().waitFor({ state: 'attached' });
    expect(await page.locator('.stage iframe').getAttribute('sandbox')).toBe('allow-same-origin');
    const entry = page.locator('.events li').nth(5);
    await entry.locator('button').click();
    await page.locator('.events li[aria-current=step]').waitFor({ timeout: 6000 });
    expect(asked).toEqual([]);
    await page.close();
  });

  it('runs nothing of a hostile recording and asks for nothing; without its guards it would', async () => {
    const html = writeReplayPage(await buildReplayTemplate(), [hostileSession()], facts, { onTooLarge: 'refuse' });
    const { page, asked } = await open(html);
    await page.frameLocator('.stage iframe').locator('img').first().waitFor({ state: 'attached' });
    await page.keyboard.press(' ');
    expect(await sentinel(page)).toBeUndefined();
    expect(asked).toEqual([]);
    await page.close();

    const control = await open(`<!doctype html><title>x</title>${attack}`);
    expect(await sentinel(control.page)).toBe(1);
    expect(control.asked).not.toEqual([]);
    await control.page.close();
  });

  it('refuses what is too large, or says so in the page', async () => {
    const template = await buildReplayTemplate();
    expect(() => writeReplayPage(template, [hostileSession()], facts, { onTooLarge: 'refuse', limit: 100 })).toThrow(
      'replay-too-large',
    );
    const { page } = await open(
      writeReplayPage(template, [hostileSession()], facts, { onTooLarge: 'say', limit: 100 }),
    );
    expect(await page.locator('.stage').textContent()).toContain('too large');
    await page.close();
  });
});
