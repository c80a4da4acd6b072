import { join } from 'node:path';
import { build } from 'vite';
import { cloneDir } from '../bootstrap/paths.mjs';

const origin = 'https://page.invalid';

/**
 * Bundles a script and its imports into one file.
 * @param {string} entry  relative to the clone
 * @returns {Promise<string>} the script's text
 */
export async function bundlePage(entry) {
  const built = await build({
    configFile: false,
    root: cloneDir,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      target: 'chrome130',
      modulePreload: false,
      rollupOptions: {
        input: join(cloneDir, entry),
        checks: { pluginTimings: false },
        output: { format: 'iife', entryFileNames: 'page.js' },
      },
    },
  });
  const [first] = [built].flat();
  const chunk = first && 'output' in first ? first.output.find(({ type }) => type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`Nothing was built from ${entry}.`);
  return chunk.code;
}

/**
 * Opens a page with one script. All its requests are answered here; none reaches a network.
 * @param {import('./launch.mjs').Browser} browser
 * @param {string} script
 * @param {object} [options]
 * @param {string} [options.policy]  a content security policy
 * @param {string} [options.style]   a style sheet
 * @param {(path: string) => Buffer | string | undefined} [options.file]  further files that the page may fetch
 */
export async function openPage(browser, script, { policy, style, file } = {}) {
  const page = await browser.context.newPage();
  const link = style === undefined ? '' : '<link rel="stylesheet" href="page.css">';
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>${link}</head><body><script src="page.js"></script></body></html>`;
  await page.route('**/*', async (route) => {
    const { pathname, origin: asked } = new URL(route.request().url());
    if (asked !== origin) return route.abort();
    if (pathname === '/') {
      const headers = policy === undefined ? {} : { 'content-security-policy': policy };
      return route.fulfill({ contentType: 'text/html', body: html, headers });
    }
    if (pathname === '/page.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    if (pathname === '/page.css') return route.fulfill({ contentType: 'text/css', body: style ?? '' });
    const body = file?.(pathname);
    return body === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ contentType: 'application/json', body });
  });
  await page.goto(`${origin}/`);
  return page;
}
