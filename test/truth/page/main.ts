import { Replayer } from 'rrweb';
import type { eventWithTime } from '@rrweb/types';
import { allowDoctypesOnly } from '../../../src-renderer/replay/doctypes';
import type { Sample } from '../samples';
import { compare, type Comparison } from './compare';
import { describeReplay, type Described } from './describe';
import { PointerWatch } from './pointer-watch';

/** Each event's JSON: a Replayer changes the events that it is given, so each gets its own. */
let recorded: string[] = [];
let full: { to: number; described: Described } | undefined;

Object.assign(window, {
  async loadRecording(paths: readonly string[]): Promise<void> {
    recorded = [];
    for (const path of paths) {
      const response = await fetch(path);
      for (const event of (await response.json()) as unknown[]) recorded.push(JSON.stringify(event));
    }
    full = undefined;
  },
  /** Replays the recording up to the sample's moment from its beginning, and from the keyframe. */
  async compareReplays({ keyframe, from, to, atMs }: Sample): Promise<Comparison> {
    if (full?.to !== to) full = { to, described: await replay(readEvents(0, to), atMs) };
    const short = [...(JSON.parse(keyframe) as eventWithTime[]), ...readEvents(from, to)];
    return compare(full.described, await replay(short, atMs));
  },
});

function readEvents(from: number, to: number): eventWithTime[] {
  return JSON.parse(`[${recorded.slice(from, to).join(',')}]`) as eventWithTime[];
}

/**
 * What the events do in order, told by rrweb's Replayer. Each event is applied to the page itself, as when it plays: sent to a later
 * moment, a Replayer may apply them to a copy of the page first, which loses some (docs/replay.md tells which).
 */
async function replay(events: eventWithTime[], atMs: number): Promise<Described> {
  const root = document.body.appendChild(document.createElement('div'));
  const pointer = new PointerWatch();
  const replayer = new Replayer(events, {
    root,
    plugins: [pointer],
    mouseTail: false,
    triggerFocus: false,
    useVirtualDom: false,
    showWarning: false,
    showDebug: false,
    skipInactive: false,
    pauseAnimation: true,
    // Where a view is on its way, or is held while rows come in above it, depends on when the browser last drew the page.
    insertStyleRules: ['* { overflow-anchor: none !important; scroll-behavior: auto !important }'],
  });
  try {
    const { contentWindow } = replayer.iframe;
    if (contentWindow) allowDoctypesOnly(contentWindow as Window & typeof globalThis);
    // A Replayer takes the size of its first page after this, and builds it.
    await quiet();
    // An event counts as played only once its time has passed.
    replayer.pause(atMs + 1 - (events[0]?.timestamp ?? 0));
    await quiet();
    return describeReplay(replayer, pointer);
  } finally {
    replayer.destroy();
    root.remove();
  }
}

/** What rrweb puts off by a timer or to the next frame is done after this. */
async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
