import type { eventWithTime } from '@rrweb/types';
import { repairReplay } from '../../../src-main/core/recording/repair/repair-replay';
import type { Sample } from '../samples';
import { compare, type Comparison } from './compare';
import { describeReplay, type Described } from './describe';
import { play } from './play';
import { PointerWatch } from './pointer-watch';

/** Each event's JSON, parsed again for each Replayer, because a Replayer changes its events. */
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
  /** Replays the recording up to the sample's moment, once from its beginning and once from the keyframe, and compares the pages. */
  async compareReplays({ keyframe, from, to, atMs }: Sample): Promise<Comparison> {
    if (full?.to !== to) full = { to, described: await replay(readEvents(0, to), atMs) };
    const short = [...(JSON.parse(keyframe) as eventWithTime[]), ...readEvents(from, to)];
    return compare(full.described, await replay(short, atMs));
  },
});

function readEvents(from: number, to: number): eventWithTime[] {
  return JSON.parse(`[${recorded.slice(from, to).join(',')}]`) as eventWithTime[];
}

async function replay(events: eventWithTime[], atMs: number): Promise<Described> {
  const pointer = new PointerWatch();
  // As in the app's frame. `live-pages` compares what rrweb alone gets wrong with the pages that were recorded.
  const repaired = repairReplay(events).events as eventWithTime[];
  const { replayer, end } = await play(repaired, atMs, [pointer]);
  try {
    return describeReplay(replayer, pointer);
  } finally {
    end();
  }
}
