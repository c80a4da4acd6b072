import type { ElectronApplication, Frame, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The demo's user whose payment fails. */
export const demoUser = 'priya.raman@harbor-example.com';

/** Goes from the welcome view to the newest session of the demo's user, ready to play. */
export async function openDemoSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await searchDemoUser(page);
  await openFoundSession(page);
}

/** Opens the newest session in the search results. */
export async function openFoundSession(page: Page): Promise<void> {
  await page
    .getByRole('list', { name: 'Sessions' })
    .getByRole('button', { name: new RegExp(`^${demoUser}`) })
    .first()
    .click();
  await waitForReplay(page);
}

/** Opens the demo's session from the library and waits for its page. */
export async function openStoredSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Library/ }).click();
  await page
    .getByRole('list', { name: 'Stored sessions' })
    .getByRole('button', { name: new RegExp(`^${demoUser}`) })
    .first()
    .click();
  await waitForReplay(page);
  await expect.poll(() => replayedText(page)).toContain('Harbor Goods');
}

export async function searchDemoUser(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Search this source' }).fill(demoUser);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('3 sessions', { exact: true })).toBeVisible();
}

export async function waitForReplay(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
}

/** Returns the text of the replayed page, which is in a frame without scripts, where locators don't work. */
export async function replayedText(page: Page): Promise<string> {
  const shown = await replayedPage(page);
  return (await shown?.evaluate(() => document.body?.innerText ?? '').catch(() => '')) ?? '';
}

/** Returns the frame of the replay's own page. */
export function replayFrame(page: Page): Frame | undefined {
  return page.frames().find((frame) => frame.url().startsWith('replay:'));
}

/** Returns the visible recorded page; hidden ones may be prepared behind it. */
export async function replayedPage(page: Page): Promise<Frame | undefined> {
  const shown = await replayFrame(page)
    ?.$('.scene.is-shown iframe')
    .catch(() => null);
  return (await shown?.contentFrame()) ?? undefined;
}

/** Returns the playhead's position in whole seconds. */
export async function playheadSeconds(page: Page): Promise<number> {
  return Number(await page.getByRole('slider', { name: 'Position' }).getAttribute('aria-valuenow'));
}

/** Drags files from the window's edge to its middle, through the browser as the system does, not by events of a page. */
export async function dropFiles(app: ElectronApplication, page: Page, files: string[]): Promise<void> {
  const cdp = await app.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop', x: number, y: number): Promise<unknown> =>
    cdp.send('Input.dispatchDragEvent', { type, x, y, data: { items: [], files, dragOperationsMask: 1 } });
  await drag('dragEnter', 4, 300);
  // The first move onto another element is a dragenter, the next one a dragover.
  await drag('dragOver', 8, 300);
  await drag('dragOver', 8, 300);
  await expect(page.getByText('Drop to open')).toBeVisible();
  // The position of a replay's frame, which is covered meanwhile.
  await drag('dragOver', 600, 400);
  await drag('drop', 600, 400);
  await expect(page.getByText('Drop to open')).toBeHidden();
}

/** Opens the request log from a source's view, with the keyboard. */
export async function showRequests(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More about this source' }).focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: 'Show requests' });
  await expect(item).toBeVisible();
  await item.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Requests' }).getByRole('row').nth(1)).toBeVisible();
}

/** Starts a server on loopback and checks that main can reach it. `hits` returns the number of requests since then. */
export async function openSink(app: ElectronApplication): Promise<{ url: string; hits: () => Promise<number> }> {
  const url = await app.evaluate(async () => {
    const { createServer } = process.getBuiltinModule('node:http');
    Reflect.set(globalThis, 'sinkHits', -1);
    const sink = createServer((_request, response) => {
      Reflect.set(globalThis, 'sinkHits', Number(Reflect.get(globalThis, 'sinkHits')) + 1);
      response.end('hit');
    });
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
    const address = sink.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  });
  const hits = (): Promise<number> => app.evaluate(() => Reflect.get(globalThis, 'sinkHits') as number);
  await app.evaluate((_electron, target) => fetch(target).then((reply) => reply.text()), url);
  expect(await hits()).toBe(0);
  return { url, hits };
}
