import type { ElectronApplication, Frame, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Whose payment fails in the demo. */
export const demoUser = 'priya.raman@harbor-example.com';

/** From the welcome to the newest session of the demo's user, open and ready to play. */
export async function openDemoSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await searchDemoUser(page);
  await openFoundSession(page);
}

/** Opens the newest of the sessions that a search found. */
export async function openFoundSession(page: Page): Promise<void> {
  await page
    .getByRole('list', { name: 'Sessions' })
    .getByRole('button', { name: new RegExp(`^${demoUser}`) })
    .first()
    .click();
  await waitForReplay(page);
}

/** Opens the demo's session out of the library and sees that its page is there. */
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
  await page.getByRole('textbox', { name: 'User email' }).fill(demoUser);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('3 sessions', { exact: true })).toBeVisible();
}

export async function waitForReplay(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
}

/** The text of the replayed page. It sits in a frame without scripts, where locators don't reach. */
export async function replayedText(page: Page): Promise<string> {
  const shown = await replayedPage(page);
  return (await shown?.evaluate(() => document.body?.innerText ?? '').catch(() => '')) ?? '';
}

/** The frame that the replay's own page runs in. */
export function replayFrame(page: Page): Frame | undefined {
  return page.frames().find((frame) => frame.url().startsWith('replay:'));
}

/** The recorded page that is seen; others may lie ready behind it. */
export async function replayedPage(page: Page): Promise<Frame | undefined> {
  const shown = await replayFrame(page)
    ?.$('.scene.is-shown iframe')
    .catch(() => null);
  return (await shown?.contentFrame()) ?? undefined;
}

/** How far the replay is, in whole seconds from the start. */
export async function playheadSeconds(page: Page): Promise<number> {
  return Number(await page.getByRole('slider', { name: 'Position' }).getAttribute('aria-valuenow'));
}

/** Drags files over the window's edge to its middle, as the system does it: the browser gets files, and no page made the events. */
export async function dropFiles(app: ElectronApplication, page: Page, files: string[]): Promise<void> {
  const cdp = await app.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop', x: number, y: number): Promise<unknown> =>
    cdp.send('Input.dispatchDragEvent', { type, x, y, data: { items: [], files, dragOperationsMask: 1 } });
  await drag('dragEnter', 4, 300);
  // A move onto another element only enters it; it is over that with the next one.
  await drag('dragOver', 8, 300);
  await drag('dragOver', 8, 300);
  await expect(page.getByText('Drop to open')).toBeVisible();
  // Where a replay's frame would be, were it not covered.
  await drag('dragOver', 600, 400);
  await drag('drop', 600, 400);
  await expect(page.getByText('Drop to open')).toBeHidden();
}

/** From a source's view to the log of what was asked of the network, with the keyboard. */
export async function showRequests(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More about this source' }).focus();
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: 'Show requests' });
  await expect(item).toBeVisible();
  await item.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Requests' }).getByRole('row').nth(1)).toBeVisible();
}

/** A server on this computer that nothing but Node's side of main can reach, as this sees at once. `hits`: how often it was reached since. */
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
