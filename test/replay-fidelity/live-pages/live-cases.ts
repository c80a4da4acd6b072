import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An icon font that Playwright brings. Its characters are in the private use area. */
function readIconFont(): Buffer {
  const folder = 'node_modules/playwright-core/lib/vite';
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => /codicon.*\.ttf$/.test(name));
  if (file === undefined) throw new Error('there is no icon font');
  return readFileSync(join(folder, file));
}

/** A page, and what happens on it while it is recorded. */
export interface LiveCase {
  /** Inside `<body>`. */
  body: string;
  /** Further files that the page requests, by address. Others fail. */
  files?: Readonly<Record<string, { body: string | Buffer; contentType: string }>>;
  /** Runs in the page while it is recorded. */
  act: () => void | Promise<void>;
  /** Clicks this element before `act`, for what a browser allows only then. */
  click?: string;
  /** rrweb alone shows another page. */
  isWrongInRrweb?: boolean;
}

interface RecordedWindow {
  takeSnapshot(): void;
  fonts: FontFaceSet;
}

const tall = '<div style="height: 600px">a page that is longer than its window</div>';
const box = '.box { background: rgb(0, 128, 0); color: white; padding: 20px; width: 300px }';

/** The functions are sent to the page as text, so they can't use anything around them. */
export const liveCases: Readonly<Record<string, LiveCase>> = {
  'a style sheet is adopted before its shadow root has content': {
    body: '<x-card></x-card><p>after</p>',
    isWrongInRrweb: true,
    async act() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.box { background: rgb(0, 128, 0); color: white; padding: 20px; width: 300px }');
      const root = document.querySelector('x-card')?.attachShadow({ mode: 'open' });
      if (!root) return;
      root.adoptedStyleSheets = [sheet];
      await new Promise((resolve) => setTimeout(resolve, 60));
      sheet.insertRule('.box { border: 4px solid red }', 1);
      root.innerHTML = '<div class="box">Save</div>';
    },
  },
  'two hosts share a sheet that was recorded before either': {
    body: '<x-card></x-card><x-card></x-card>',
    isWrongInRrweb: true,
    async act() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.box { background: rgb(0, 128, 0); color: white; padding: 20px; width: 300px }');
      const roots = [...document.querySelectorAll('x-card')].map((host) => host.attachShadow({ mode: 'open' }));
      for (const root of roots) root.adoptedStyleSheets = [sheet];
      await new Promise((resolve) => setTimeout(resolve, 60));
      for (const root of roots.reverse()) {
        root.innerHTML = '<div class="box">Save</div>';
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    },
  },
  'a shadow host is removed and inserted again': {
    body: '<main><x-card></x-card></main><aside></aside>',
    async act() {
      const host = document.querySelector('x-card');
      const root = host?.attachShadow({ mode: 'open' });
      if (!host || !root) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.box { background: rgb(0, 128, 0); color: white; padding: 20px; width: 300px }');
      root.innerHTML = '<div class="box">Save</div>';
      root.adoptedStyleSheets = [sheet];
      await new Promise((resolve) => setTimeout(resolve, 60));
      host.remove();
      await new Promise((resolve) => setTimeout(resolve, 60));
      document.querySelector('aside')?.append(host);
    },
  },
  'a frame of another site outlasts a snapshot of its page': {
    body: `<h1>Pay</h1><ul><li>one</li></ul><iframe src="https://pay.invalid/" width="400" height="200"></iframe>`,
    files: {
      'https://pay.invalid/': {
        contentType: 'text/html',
        body: `<!doctype html><style>${box}</style><div class="box">Card</div><input value="x"><script src="/recorder.js"></script>`,
      },
    },
    isWrongInRrweb: true,
    async act() {
      document.querySelector('ul')?.insertAdjacentHTML('afterbegin', '<li>zero</li>');
      await new Promise((resolve) => setTimeout(resolve, 60));
      (window as unknown as RecordedWindow).takeSnapshot();
      document.querySelector('ul')?.insertAdjacentHTML('beforeend', '<li>two</li>');
    },
  },
  'nodes follow the body': {
    body: '<h1>Orders</h1>',
    async act() {
      const banner = document.createElement('div');
      banner.style.cssText = 'background: rgb(255, 200, 0); height: 120px';
      banner.innerHTML = '<b>Help</b> is near <textarea>text</textarea>';
      document.documentElement.append(banner);
      await new Promise((resolve) => setTimeout(resolve, 60));
      document.querySelector('h1')?.append(' today');
    },
  },
  'nodes follow the body in a snapshot, and in a frame': {
    body: '<h1>Orders</h1><iframe srcdoc="<h2>Inner</h2>" width="400" height="200"></iframe>',
    isWrongInRrweb: true,
    async act() {
      const inner = document.querySelector('iframe')?.contentDocument;
      for (const page of inner ? [document, inner] : []) {
        const banner = page.createElement('div');
        banner.style.cssText = 'background: rgb(255, 200, 0); height: 60px';
        banner.innerHTML = '<b>Help</b> is near';
        page.documentElement.append(banner);
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
      (window as unknown as RecordedWindow).takeSnapshot();
      await new Promise((resolve) => setTimeout(resolve, 60));
    },
  },
  'an element fills the screen': {
    body: `<style>.player { background: silver; opacity: 0.9 } .player:fullscreen .bar { background: blue } .player .bar { height: 40px }
      .wrap { transform: rotate(2deg); overflow: hidden; height: 200px; background: pink; position: relative; z-index: 1 }
      .top { position: fixed; z-index: 99999; top: 0; right: 0; background: yellow }</style>
      <div class="top">Chat</div><div class="wrap"><div class="player"><div class="bar">Bar</div>Film<button>Full</button></div></div>${tall}`,
    click: 'button',
    isWrongInRrweb: true,
    async act() {
      await document.querySelector('.player')?.requestFullscreen();
      await new Promise((resolve) => setTimeout(resolve, 100));
    },
  },
  'an element has left the screen': {
    body: `<style>.player { background: silver; width: 300px } .player:fullscreen { background: blue }</style>
      <div class="player">Film<button>Full</button></div>`,
    click: 'button',
    async act() {
      await document.querySelector('.player')?.requestFullscreen();
      await new Promise((resolve) => setTimeout(resolve, 100));
      await document.exitFullscreen();
      await new Promise((resolve) => setTimeout(resolve, 100));
    },
  },
  'a style sheet arrives late': {
    body: '<div class="box">Save</div>',
    files: { '/late.css': { body: box, contentType: 'text/css' } },
    async act() {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = '/late.css';
      const loaded = new Promise((resolve) => link.addEventListener('load', resolve));
      document.head.append(link);
      await loaded;
      await new Promise((resolve) => setTimeout(resolve, 100));
    },
  },
  'a font is loaded late, in a page and in a frame': {
    body: `<style>p { font: 40px Late, serif }</style><p>${'\uea60\uea61\uea62 '.repeat(60)}</p>
      <iframe srcdoc="<style>p { font: 40px Late, serif }</style><p>\uea63\uea64\uea65</p>" width="400" height="200"></iframe>${tall}`,
    files: { '/late.ttf': { body: readIconFont(), contentType: 'font/ttf' } },
    isWrongInRrweb: true,
    async act() {
      const bytes = await (await fetch('/late.ttf')).arrayBuffer();
      const windows = [window, document.querySelector('iframe')?.contentWindow] as Window[];
      for (const page of windows as (Window & typeof globalThis)[]) {
        const face = new page.FontFace('Late', bytes);
        page.document.fonts.add(await face.load());
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
      window.scrollTo(0, 500);
      await new Promise((resolve) => setTimeout(resolve, 200));
    },
  },
  'a page is scrolled while a style sheet is missing': {
    body: `<link rel="stylesheet" href="/missing.css">${tall.repeat(3)}`,
    async act() {
      window.scrollTo(0, 700);
      await new Promise((resolve) => setTimeout(resolve, 150));
      (window as unknown as RecordedWindow).takeSnapshot();
      await new Promise((resolve) => setTimeout(resolve, 60));
      document.querySelector('div')?.append(' indeed');
    },
  },
  'sheets of the page before': {
    body: '<div class="box">Save</div>',
    isWrongInRrweb: false,
    async act() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.box { background: rgb(0, 128, 0) }');
      document.adoptedStyleSheets = [sheet];
      await new Promise((resolve) => setTimeout(resolve, 60));
      document.adoptedStyleSheets = [];
      (window as unknown as RecordedWindow).takeSnapshot();
      await new Promise((resolve) => setTimeout(resolve, 60));
    },
  },
  'fields in frames are scrolled': {
    body: '<iframe srcdoc="<textarea rows=3 cols=20></textarea><input size=8>" width="400" height="200"></iframe>',
    async act() {
      const inner = document.querySelector('iframe')?.contentDocument;
      const area = inner?.querySelector('textarea');
      const field = inner?.querySelector('input');
      if (!area || !field) return;
      area.value = 'line\n'.repeat(20);
      area.dispatchEvent(new Event('input', { bubbles: true }));
      field.value = 'a text that is longer than its field';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 60));
      area.scrollTop = 90;
      field.scrollLeft = 60;
      await new Promise((resolve) => setTimeout(resolve, 250));
    },
  },
  'a canvas was drawn on': {
    body: '<canvas width="300" height="150" style="border: 3px solid red"></canvas><p>after</p>',
    async act() {
      const context = document.querySelector('canvas')?.getContext('2d');
      if (!context) return;
      context.fillStyle = 'teal';
      context.fillRect(20, 20, 100, 60);
      await new Promise((resolve) => setTimeout(resolve, 400));
    },
    isWrongInRrweb: true,
  },
};
