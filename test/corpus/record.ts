import type { Page } from '@playwright/test';
import type { Browser } from '../../scripts/browser/launch.mjs';
import { SeededRandom } from '../helpers/seeded-random';
import type { Application, Reply, Scene } from './application';
import { readPackage, type PackageFiles } from './packages';
import { personOf } from './people';
import type { Language } from './languages';
import { User } from './user';

/** The moment at which every recording begins, on the clock of the page. */
const startedAt = Date.UTC(2026, 2, 2, 9, 0, 0);

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  gif: 'image/gif',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  mjs: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/**
 * Records one session of an application in one language. Every request of the page is answered here; none leaves the browser. Returns the
 * events as JSON.
 */
export async function recordSession(
  browser: Browser,
  recorder: string,
  application: Application,
  language: Language,
): Promise<string[]> {
  const events: string[] = [];
  const scene: Scene = { language, person: personOf(language) };
  const page = await browser.context.newPage();
  try {
    await page.setViewportSize(application.viewport ?? { width: 1280, height: 800 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.clock.install({ time: startedAt - 1000 });
    await page.clock.pauseAt(startedAt);
    await page.exposeFunction('emitEvent', (json: string) => void events.push(json));
    const options = JSON.stringify({ recordCanvas: application.recordCanvas ?? false });
    if (!application.recordedIn)
      await page.addInitScript({ content: `window.recorderOptions = ${options};\n${recorder}` });
    await answerRequests(
      page,
      application,
      scene,
      (recorded) => void events.push(...recorded.map((event) => JSON.stringify(event))),
    );
    const address = `https://${application.name}.example/`;
    await forget(page, new URL(address).origin);
    await page.goto(new URL(application.start ?? '/', address).href, { waitUntil: 'domcontentloaded' });
    const user = new User(page, new SeededRandom(seedOf(`${application.name} ${language}`)));
    await application.use(user, scene);
    await user.pause(6000);
    // The binding's calls arrive before the result of a later call.
    await page.evaluate(() => undefined);
    return events;
  } finally {
    await page.close();
  }
}

/** Removes what an earlier session has stored in the browser, such as its language. */
async function forget(page: Page, origin: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await devTools.detach();
}

function seedOf(name: string): number {
  let seed = 17;
  for (const letter of name) seed = (seed * 31 + (letter.codePointAt(0) ?? 0)) | 0;
  return seed;
}

async function answerRequests(
  page: Page,
  application: Application,
  scene: Scene,
  onRecorded: (events: readonly unknown[]) => void,
): Promise<void> {
  const packages = new Map<string, PackageFiles>();
  for (const name of application.packages) packages.set(name, await readPackage(name));
  const own = application.pages?.(scene) ?? {};
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.protocol === 'data:' || url.protocol === 'blob:') return route.continue();
    const path = decodeURIComponent(url.pathname);
    const body = own[path] ?? fileAt(path);
    if (body !== undefined) return route.fulfill({ contentType: typeOf(path), body });
    const asked = { method: route.request().method(), path, query: url.search, body: route.request().postData() ?? '' };
    if (application.recordedIn && asked.method === 'POST') onRecorded(application.recordedIn(asked));
    const reply: Reply | undefined = application.answer?.(asked, scene);
    if (reply === 'fail') return route.abort('connectionreset');
    if (reply === undefined) return route.fulfill({ status: 404, contentType: 'text/plain', body: 'Not found' });
    const { status = 200, contentType = 'application/json', body: content } = reply;
    const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    return route.fulfill({ status, contentType, body: text });
  });

  function fileAt(path: string): Buffer | undefined {
    const [, name, rest = ''] = /^\/npm\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(path) ?? [];
    if (name !== undefined) return packages.get(name)?.get(rest);
    if (!application.root) return undefined;
    const { name: root, folder = '' } = application.root;
    return packages.get(root)?.get(`${folder}${path === '/' ? 'index.html' : path.slice(1)}`);
  }
}

function typeOf(path: string): string {
  if (path.endsWith('/')) return types.html ?? '';
  return types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
