import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Node's side: what Electron's main and utility processes and the command line load. */
const nodeTarget = 'node20';
/** The oldest Chromium that Casement runs on (Electron 33). */
const pageTarget = 'chrome130';

/** Hides the timing of each plugin, which someone who starts the app does not need. */
const checks = { pluginTimings: false };

/** @param {string} path */
const here = (path) => resolve(import.meta.dirname, path);

/**
 * One bundle a page, so that the replay frame's origin can serve nothing of the shell.
 * @param {string} page @param {string} outDir
 * @returns {import('vite').InlineConfig}
 */
const pageBuild = (page, outDir) => ({
  configFile: false,
  root: here('src-renderer'),
  base: '/',
  publicDir: false,
  plugins: [svelte({ configFile: here('svelte.config.mjs') })],
  build: {
    target: pageTarget,
    outDir: here(outDir),
    emptyOutDir: true,
    // The polyfill fetches; no page of Casement may.
    modulePreload: { polyfill: false },
    // A data: URI in a style sheet would need a wider CSP.
    assetsInlineLimit: 0,
    rollupOptions: { input: here(`src-renderer/${page}`), checks },
  },
});

/**
 * SQLite's WebAssembly program, put beside the bundle: it is read from there as bytes, never fetched.
 * @type {import('vite').Plugin}
 */
const sqliteProgram = {
  name: 'sqlite-program',
  generateBundle() {
    const fileName = 'mc-wa-sqlite.wasm';
    const source = readFileSync(here(`node_modules/@journeyapps/wa-sqlite/dist/${fileName}`));
    this.emitFile({ type: 'asset', fileName, source });
  },
};

/**
 * CommonJS, all libraries in it but what is native or Electron's own.
 * @param {Record<string, string>} input @param {boolean} isSplit
 * @returns {import('vite').InlineConfig}
 */
const nodeBuild = (input, isSplit) => ({
  configFile: false,
  root: here('.'),
  publicDir: false,
  plugins: isSplit ? [sqliteProgram] : [],
  // css-tree's modules read their data from files beside them, which a bundle hasn't; its own bundle holds the data.
  resolve: { alias: { 'css-tree': here('node_modules/css-tree/dist/csstree.esm.js') } },
  ssr: { noExternal: true, external: ['electron', 'keytar'], target: 'node' },
  build: {
    ssr: true,
    target: nodeTarget,
    outDir: here('dist/main'),
    emptyOutDir: false,
    minify: false,
    rollupOptions: {
      checks,
      input: Object.fromEntries(Object.entries(input).map(([name, path]) => [name, here(path)])),
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: 'chunks/[name]-[hash].cjs',
        ...(isSplit ? {} : { codeSplitting: false }),
      },
    },
  },
});

/** @param {string} text */
const sha256 = (text) => createHash('sha256').update(text).digest('base64');

/**
 * One file with everything in it: program and style of the page that replays an exported session in any browser. The style can't be
 * held to a hash: recorded style elements live in the frame inside, which inherits the page's policy.
 * @type {import('vite').Plugin}
 */
const onePage = {
  name: 'one-page',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const parts = Object.values(bundle);
    const chunk = parts.find((part) => part.type === 'chunk');
    const style = parts.find((part) => part.type === 'asset' && part.fileName.endsWith('.css'));
    if (chunk?.type !== 'chunk' || style?.type !== 'asset') throw new Error('The replay page was not built.');
    // Within a script neither may stand as such; in its strings and expressions a backslash changes nothing.
    const script = chunk.code.replace(/<(?=\/script|!--)/gi, '<\\').replace(/<(?=script)/gi, '\\x3c');
    const policy = [
      "default-src 'none'",
      `script-src 'sha256-${sha256(script)}'`,
      "style-src 'unsafe-inline'",
      'img-src data: blob:',
      'font-src data:',
      "frame-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ');
    /** @type {Record<string, string>} */
    const values = {
      '%casement:policy%': policy,
      '<!-- casement:style -->': `<style>${String(style.source)}</style>`,
      '<!-- casement:script -->': `<script>${script}</script>`,
    };
    // A formatter may put white space around the place of the data.
    const page = readFileSync(here('src-renderer/portable/page.html'), 'utf8').replace(
      />\s*(%casement:data%)\s*</,
      '>$1<',
    );
    const source = page.replace(/%casement:policy%|<!-- casement:\w+ -->/g, (place) => values[place] ?? place);
    for (const fileName of Object.keys(bundle)) delete bundle[fileName];
    this.emitFile({ type: 'asset', fileName: 'replay.html', source });
  },
};

/** @type {import('vite').InlineConfig} */
export const portableBuild = {
  configFile: false,
  root: here('.'),
  publicDir: false,
  plugins: [onePage],
  build: {
    // Any browser of the last years, not only the one that Casement brings.
    target: 'es2022',
    outDir: here('dist/portable'),
    emptyOutDir: true,
    modulePreload: false,
    cssCodeSplit: false,
    // Whatever it needs is in it.
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    rollupOptions: {
      input: here('src-renderer/portable/main.ts'),
      checks,
      output: { format: 'iife', entryFileNames: 'main.js' },
    },
  },
};

export const builds = [
  nodeBuild(
    {
      main: 'src-main/main.ts',
      cli: 'src-main/cli.ts',
      worker: 'src-main/worker/worker.ts',
      keychain: 'src-main/worker/keychain.ts',
      'demo-server': 'src-main/worker/demo-server.ts',
    },
    true,
  ),
  // A sandboxed preload can require nothing but Electron: one file.
  nodeBuild({ preload: 'src-main/preload.ts' }, false),
  nodeBuild({ 'screenshot-preload': 'src-main/screenshot-preload.ts' }, false),
  pageBuild('index.html', 'dist/renderer/shell'),
  pageBuild('replay.html', 'dist/renderer/replay'),
  portableBuild,
];
