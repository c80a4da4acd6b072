import { readFileSync } from 'node:fs';
import { requests, events } from '../../src-main/contract/ipc';
import { expect, test } from './casement';
import { openDemoSession, openSink } from './steps';

/** Returns the renderer processes of the system. */
function seccompOf(pid: number): string | undefined {
  return /^Seccomp:\s*(\d)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
}

test('every renderer runs in the sandbox, the shell and the replay in processes of their own', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  const frames = await app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .flatMap((contents) =>
        contents.mainFrame.framesInSubtree.map((frame) => ({ url: frame.url, pid: frame.osProcessId })),
      ),
  );
  const shell = frames.find(({ url }) => url.startsWith('app:'));
  const replay = frames.find(({ url }) => url.startsWith('replay:'));
  expect(shell && replay && shell.pid !== replay.pid).toBe(true);
  for (const { pid } of frames) expect(seccompOf(pid)).toBe('2');
  expect(await app.evaluate(() => process.getuid?.())).not.toBe(0);
  expect(
    await app.evaluate(() => process.argv.concat(process.execArgv).some((arg) => arg.includes('no-sandbox'))),
  ).toBe(false);
});

test('no frame has Node, and only the shell has the bridge, which is the contract and frozen', async ({ desktop }) => {
  const { page } = await desktop.start();
  await openDemoSession(page);
  for (const frame of page.frames()) {
    const found = await frame.evaluate(() =>
      ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
    );
    expect(found).toEqual([]);
  }
  const bridge = await page.evaluate(() => ({
    requests: Object.keys(window.casement.requests),
    events: Object.keys(window.casement.events),
    isFrozen: [window.casement, window.casement.requests, window.casement.events].every((part) =>
      Object.isFrozen(part),
    ),
  }));
  expect(bridge).toEqual({ requests: Object.keys(requests), events: Object.keys(events), isFrozen: true });

  const replay = page.frames().find((frame) => frame.url().startsWith('replay:'));
  expect(await replay?.evaluate(() => 'casement' in window)).toBe(false);
  const reach = await replay?.evaluate(() => {
    try {
      return String(Reflect.get(window.top ?? {}, 'casement'));
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(reach).toBe('SecurityError');
});

test('no page reaches the network, opens a window, gets a permission or parses text as HTML', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  const { url, hits } = await openSink(app);

  for (const frame of page.frames().filter((candidate) => /^(app|replay):/.test(candidate.url()))) {
    const tried = await frame.evaluate(async (target) => {
      const image = new Image();
      image.src = target;
      const isImageBlocked = await image.decode().then(
        () => false,
        () => true,
      );
      const isFetchBlocked = await fetch(target).then(
        () => false,
        () => true,
      );
      const isWindowBlocked = window.open(target) === null;
      const permission = await navigator.permissions.query({ name: 'geolocation' }).then((status) => status.state);
      let isHtmlBlocked = false;
      try {
        document.createElement('div').innerHTML = '<b>x</b>';
      } catch {
        isHtmlBlocked = true;
      }
      return { isImageBlocked, isFetchBlocked, isWindowBlocked, permission, isHtmlBlocked };
    }, url);
    expect(tried).toEqual({
      isImageBlocked: true,
      isFetchBlocked: true,
      isWindowBlocked: true,
      permission: 'denied',
      isHtmlBlocked: true,
    });
  }
  expect(await hits()).toBe(0);
  expect(app.windows()).toHaveLength(1);
});

test('the window doesn’t navigate away', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  const before = page.url();
  // Playwright would wait for a navigation that never happens, so the page is evaluated through main.
  const shown = await app.evaluate(async ({ webContents }) => {
    const [shell] = webContents.getAllWebContents();
    await shell?.executeJavaScript("location.href = 'https://example.com/'");
    await shell?.executeJavaScript("location.href = 'data:text/html,gone'");
    return { url: shell?.getURL(), title: (await shell?.executeJavaScript('document.title')) as string };
  });
  expect(shown).toEqual({ url: before, title: 'Casement' });
});

test('requests that break the contract are refused', async ({ desktop }) => {
  const { page } = await desktop.start();
  const replies = await page.evaluate(() => {
    const ask = window.casement.requests['connection.search'] as (input: unknown) => Promise<unknown>;
    const wrong = [
      undefined,
      null,
      'x',
      {},
      { id: '../x', query: {} },
      { id: 'c-0000', query: {}, extra: 1 },
      { id: 'c-0000', query: { email: 'x'.repeat(400_000) } },
    ];
    return Promise.all(wrong.map((input) => ask(input)));
  });
  for (const reply of replies) expect(reply).toEqual({ ok: false, error: { code: 'ipc-refused' } });
});

test('a replay whose process dies doesn’t end the shell, and can be reloaded', async ({ desktop }) => {
  const { app, page } = await desktop.start();
  await openDemoSession(page);
  const pid = await app.evaluate(
    ({ webContents }) =>
      webContents
        .getAllWebContents()
        .flatMap((contents) => contents.mainFrame.framesInSubtree)
        .find((frame) => frame.url.startsWith('replay:'))?.osProcessId,
  );
  process.kill(pid ?? 0, 'SIGKILL');
  // Playwright reports the crash of any frame as the page's, so the shell is evaluated through main.
  const ask = (script: string): Promise<unknown> =>
    app.evaluate(({ webContents }, text) => webContents.getAllWebContents()[0]?.executeJavaScript(text), script);
  const stage = "document.querySelector('.stage').dataset.phase";
  await expect.poll(() => ask(stage)).toBe('dead');
  expect(await ask('document.body.innerText')).toContain('The replay is not responding');
  await ask("[...document.querySelectorAll('button')].find((b) => b.innerText === 'Reload replay').click()");
  await expect.poll(() => ask(stage)).toBe('ready');
});
