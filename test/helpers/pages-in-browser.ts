import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from '../../scripts/browser/launch.mjs';

type Browser = Awaited<ReturnType<typeof launchChromium>>;
type Page = Awaited<ReturnType<Browser['context']['newPage']>>;

/** Starts Chromium for the tests of a `describe`, and a folder whose pages it opens as a recipient would. Both are removed afterwards. */
export function pagesInBrowser(options?: Parameters<typeof launchChromium>[1]): {
  newPage: () => Promise<Page>;
  /** Writes a page to a file. Returns its URL. */
  save: (html: string) => string;
  open: (html: string) => Promise<Page>;
} {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  // The browser runs as another user.
  chmodSync(folder, 0o755);
  beforeAll(async () => {
    browser = await launchChromium(undefined, options);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  const newPage = (): Promise<Page> => browser.context.newPage();
  const save = (html: string): string => {
    const file = join(folder, `${Math.random()}.html`);
    writeFileSync(file, html, { mode: 0o644 });
    return pathToFileURL(file).href;
  };
  return {
    newPage,
    save,
    async open(html) {
      const page = await newPage();
      await page.goto(save(html));
      return page;
    },
  };
}
