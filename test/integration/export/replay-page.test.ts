import type { FrameLocator, Locator } from '@playwright/test';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayPageData } from '../../../src-main/contract/replay-page';
import type { PreparedExport } from '../../../src-main/core/export/prepare';
import { RecordingWriter } from '../../../src-main/core/export/redacted-recording';
import { writeReplayPage } from '../../../src-main/core/export/replay-page';
import { createMemoryStore } from '../../../src-main/core/recording/normalise/normalise';
import { assertUnbroken, openCase } from '../../../src-main/node/case-archive/read-case';
import { createGate, type Gate } from '../../../src-main/node/gate/gate';
import { readCaseSessions } from '../../helpers/case-file';
import { casement } from '../../helpers/command-line';
import { hostileStrings } from '../../helpers/hostile-strings';
import { buildReplayTemplate } from '../../helpers/replay-template';
import { fixturePath, resourcePath } from '../../helpers/fixtures';
import { pagesInBrowser } from '../../helpers/pages-in-browser';
import { makeTempFolder } from '../../helpers/temp-folder';
import { makeEntry } from '../../helpers/timeline-document';

const facts = { title: hostileStrings.join(' '), software: 'Casement 0.1.0', policy: 'x', generatedAt: '' };
const attackOn = (hit: string): string =>
  `<img src=${hit} onerror="window.sentinel=1"></script><script>window.sentinel=1;fetch('${hit}')</script>`;

/** Returns an unredacted session whose page attempts every known attack. */
async function hostileSession(hit: string): Promise<PreparedExport> {
  const attack = attackOn(hit);
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
  ].map((event) => ({ windowId: '1', event }));
  const writer = new RecordingWriter(createMemoryStore());
  events.forEach((event) => writer.add(event));
  return {
    recording: await writer.finish(),
    entries: [...hostileStrings, attack].map((text, index) => makeEntry(text, { atMs: index * 10 })),
    notes: [],
    windows: new Map(),
    report: { masked: {}, dropped: {} } as PreparedExport['report'],
    clock: undefined,
    zeroAt: 0,
    startedAt: null,
    durationMs: 5000,
    hasLeftOut: false,
    originals: undefined as never,
    entities: { values: [], isFull: false },
  };
}

interface Sink {
  url: string;
  hits: () => number;
  close: () => Promise<unknown>;
}

/** Starts a server that counts requests. */
async function openSink(): Promise<Sink> {
  let hits = 0;
  const server = createServer((_, response) => {
    hits++;
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hit`,
    hits: () => hits,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

async function pageText(...page: Parameters<typeof writeReplayPage>): Promise<string> {
  return Buffer.from(await writeReplayPage(...page)).toString();
}

describe('an exported replay page', () => {
  let sink: Sink;
  const { newPage, save } = pagesInBrowser({ reachable: '127.0.0.1' });
  beforeAll(async () => {
    sink = await openSink();
  }, 60_000);
  afterAll(() => sink.close());

  async function open(html: string): Promise<{ page: Awaited<ReturnType<typeof newPage>>; requests: string[] }> {
    const page = await newPage();
    const requests: string[] = [];
    // The browser also reports requests that the page's content security policy blocked before they were sent.
    page.on('requestfailed', (request) => {
      const { errorText = '' } = request.failure() ?? {};
      if (!/^(file|data|blob|about):/.test(request.url()) && errorText !== 'csp')
        requests.push(`${request.url()} ${errorText}`);
    });
    await page.goto(save(html));
    return { page, requests };
  }
  const sentinel = (page: { evaluate: (script: string) => Promise<unknown> }): Promise<unknown> =>
    page.evaluate('window.sentinel');

  it('plays in a browser from a file, seeks to an entry, and makes no request', async () => {
    const { stdout, code } = await casement(
      'timeline',
      resourcePath('demo/harbor-checkout.json.gz'),
      '--format',
      'replay-html',
    );
    expect(code).toBe(0);
    const { page, requests } = await open(stdout);
    const frame = page.frameLocator('.stage iframe');
    // The recording starts with a blank page; this waits for the first one with content.
    await frame.locator('body *').first().waitFor({ state: 'attached' });
    expect(await page.locator('.stage iframe').getAttribute('sandbox')).toBe('allow-same-origin');
    const entry = page.locator('.events li').nth(5);
    await entry.locator('button').click();
    await page.locator('.events li[aria-current=step]').waitFor();
    expect(requests).toEqual([]);
    const time = page.locator('.rr-timeline__time').first();
    await page.keyboard.press('Home');
    await expect.poll(() => time.textContent()).toBe('00:00');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => time.textContent()).toBe('00:05');
    // The recording clicks a field here; the keyboard must still control the player.
    await page.keyboard.press('End');
    await expect.poll(() => time.textContent()).toBe('00:33');
    await page.close();
  });

  it('shows canvases, late style sheets and nodes after the body as the user saw them', async () => {
    const openFixture = async (
      name: string,
    ): Promise<{ page: Awaited<ReturnType<typeof newPage>>; frame: FrameLocator }> => {
      const { stdout } = await casement('timeline', fixturePath(`replay/${name}.json`), '--format', 'replay-html');
      const { page } = await open(stdout);
      return { page, frame: page.frameLocator('.stage iframe') };
    };
    const boxOf = (locator: Locator): Promise<number[]> =>
      locator.evaluate((element) => {
        const { width, height } = element.getBoundingClientRect();
        return [Math.round(width), Math.round(height)];
      });
    const canvas = await openFixture('canvas');
    await expect.poll(() => boxOf(canvas.frame.locator('canvas'))).toEqual([400, 200]);
    expect(await canvas.frame.locator('canvas').evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
      'rgb(200, 204, 208)',
    );
    await canvas.page.close();

    const sheet = await openFixture('adopted-sheet-before-shadow');
    await sheet.page.keyboard.press('End');
    const box = sheet.frame.locator('body [class]').first();
    await expect
      .poll(() => box.evaluate((element) => getComputedStyle(element).backgroundColor))
      .toBe('rgb(0, 128, 0)');
    await sheet.page.close();

    const after = await openFixture('nodes-after-body');
    await after.page.keyboard.press('End');
    await after.page.keyboard.press('Home');
    await after.page.keyboard.press('ArrowRight');
    const order = after.frame.locator('html > *');
    await expect
      .poll(() => order.evaluateAll((nodes) => nodes.map(({ tagName }) => tagName).slice(-2)))
      .toEqual(['BODY', 'DIV']);
    await after.page.close();
  });

  it('runs no code of a hostile recording and makes no request; control: without its protections it does', async () => {
    const html = await pageText(await buildReplayTemplate(), [await hostileSession(sink.url)], facts, {
      onTooLarge: 'refuse',
    });
    const { page, requests } = await open(html);
    await page.frameLocator('.stage iframe').locator('img').first().waitFor({ state: 'attached' });
    await page.keyboard.press(' ');
    expect(await sentinel(page)).toBeUndefined();
    expect(requests).toEqual([]);
    expect(sink.hits()).toBe(0);
    await page.close();

    const control = await open(`<!doctype html><title>x</title>${attackOn(sink.url)}`);
    expect(await sentinel(control.page)).toBe(1);
    await expect.poll(sink.hits).toBeGreaterThan(0);
    await control.page.close();
  });

  it('refuses a recording that is too large, or says so in the page', async () => {
    const template = await buildReplayTemplate();
    const sessions = [await hostileSession(sink.url)];
    await expect(writeReplayPage(template, sessions, facts, { onTooLarge: 'refuse', limit: 100 })).rejects.toThrow(
      'replay-too-large',
    );
    const { page } = await open(await pageText(template, sessions, facts, { onTooLarge: 'say', limit: 100 }));
    expect(await page.locator('.stage').textContent()).toContain('too large');
    await page.close();
  });
});

describe('the gate and a replay page', () => {
  const gate = (texts: Uint8Array[]): Gate => createGate({ texts: ['classList'], leaves: [] }, { texts });
  const pageWith = async (text: string): Promise<Uint8Array> => {
    const { beforeTitle, beforeData, afterData } = await buildReplayTemplate();
    return Buffer.from(`${beforeTitle}T${beforeData}{"title":${JSON.stringify(text)}}${afterData}`);
  };

  it('allows a recording’s words in the page’s own script, and nowhere else', async () => {
    const { beforeData, afterData } = await buildReplayTemplate();
    const own = [beforeData, afterData].map((part) => Buffer.from(part));
    const page = await pageWith('nothing');
    expect(() => gate(own)(page, 'replay-page')).not.toThrow();
    expect(() => gate([])(page, 'replay-page')).toThrow('leak-refused');
    const leaking = [
      await pageWith('a classList'),
      await pageWith('class\\u004cist'),
      Buffer.concat([page, Buffer.from('classList')]),
    ];
    for (const bytes of leaking) expect(() => gate(own)(bytes, 'replay-page')).toThrow('leak-refused');
  });

  it('accepts the replay page of a case file, which contains all events of the redacted recording', async () => {
    const path = join(await makeTempFolder(), 'x.casement');
    const { code } = await casement('pack', resourcePath('demo/harbor-checkout.json.gz'), '--out', path);
    expect(code).toBe(0);
    const opened = await openCase(path);
    try {
      assertUnbroken(await opened.verify());
      const [, json = ''] =
        /id="session-data">(.*?)<\/script>/s.exec((await opened.read('replay.html')).toString()) ?? [];
      const data = JSON.parse(json) as ReplayPageData;
      const [session] = await readCaseSessions(opened);
      expect(data.sessions[0]?.windows.flatMap(({ events }) => events)).toEqual(
        session?.events.map(({ event }) => event),
      );
    } finally {
      opened.close();
    }
  });
});
