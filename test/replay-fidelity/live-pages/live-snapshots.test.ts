import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../scripts/browser/launch.mjs';
import { bundlePage } from '../../../scripts/browser/page.mjs';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { EventType } from '../../../src-main/core/recording/events';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { SnapshotTrack } from '../../../src-main/core/timeline/signals/snapshots';

interface RecorderWindow {
  startRecording(isInner: boolean): void;
  takeSnapshot(): void;
  takeEvents(): string[];
}

const html = `<!doctype html><html><head><title>Live</title><style>p { color: red }</style></head><body>
  <h1 id="first">One</h1>  <p>Two</p><ul><li>A</li><li>B</li></ul><textarea>note</textarea><input value="x"><svg><path d="M0 0"></path></svg>
  <iframe srcdoc="<p>inner</p>"></iframe><div id="host"></div></body></html>`;

let browser: Awaited<ReturnType<typeof launchChromium>>;
let recorder: string;
beforeAll(async () => {
  browser = await launchChromium({ width: 800, height: 500 });
  recorder = await bundlePage('test/replay-fidelity/page/recorder.ts');
});
afterAll(() => browser?.close());

it('rrweb numbers the nodes of a live page once, and those of a reloaded page from the start', async () => {
  const page = await browser.context.newPage();
  await page.route('**/*', (route) => {
    const isRecorder = route.request().url().endsWith('/recorder.js');
    return route.fulfill(
      isRecorder ? { contentType: 'text/javascript', body: recorder } : { contentType: 'text/html', body: html },
    );
  });
  const events: RecordedEvent[] = [];
  const takeEvents = async (): Promise<void> => {
    const taken = await page.evaluate(() => (window as unknown as RecorderWindow).takeEvents());
    for (const event of taken) events.push(JSON.parse(event) as RecordedEvent);
  };
  const start = async (): Promise<void> => {
    await page.addScriptTag({ url: '/recorder.js' });
    await page.evaluate(() => {
      for (const script of document.querySelectorAll('script')) script.remove();
      (window as unknown as RecorderWindow).startRecording(false);
    });
  };
  await page.goto('https://live.invalid/');
  await start();
  await page.evaluate(async () => {
    const recorded = window as unknown as RecorderWindow;
    const rendered = (): Promise<void> =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    recorded.takeSnapshot();
    await rendered();
    const added = document.createElement('div');
    added.innerHTML =
      '<p>  a  </p>\n <!-- note --><style>.y {}</style><script>1</script><table><tr><td>x</td></tr></table>';
    document.body.prepend(added);
    const root = document.getElementById('host')?.attachShadow({ mode: 'open' });
    if (root) root.innerHTML = '<style>b { color: blue }</style><b>shadow</b><slot></slot>';
    const sheet = document.createElement('style');
    sheet.textContent = '.z { color: green }';
    document.head.append(sheet);
    sheet.sheet?.insertRule('.q { color: red }');
    document.title = 'Other';
    document.querySelector('li')?.remove();
    document.body.append(document.getElementById('first') ?? '');
    for (const field of document.querySelectorAll('textarea')) field.value = 'by a script';
    await rendered();
    recorded.takeSnapshot();
    await rendered();
    recorded.takeSnapshot();
  });
  await takeEvents();
  await page.reload();
  await start();
  await takeEvents();
  await page.close();

  const model = new DomModel();
  const snapshots = new SnapshotTrack();
  const relations = events.flatMap((event) => {
    model.apply(event);
    return event.type === EventType.FullSnapshot ? [snapshots.add(model).relation] : [];
  });
  expect(relations).toEqual(['changed', 'same', 'same', 'same', 'reset']);
});
