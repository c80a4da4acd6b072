import type { eventWithTime } from '@rrweb/types';
import type { ReplayIndex, SegmentSpan } from '../../../src-main/contract/replay-port';
import { painted, turn } from '../../../src-renderer/replay/paint';
import { SegmentPlayer } from '../../../src-renderer/replay/segment-player';
import { PageStage } from '../../../src-renderer/replay/stage';
import { play, type Played } from './play';

/** A recording as the app's frame receives it. Times of the segments are ms from its start. */
export interface FrameRecording {
  startedAt: number;
  durationMs: number;
  segments: (SegmentSpan & { json: string })[];
}

const encoder = new TextEncoder();
let player: SegmentPlayer | undefined;
let alone: Played | undefined;

Object.assign(window, {
  /** Shows a moment in the app's frame, ms from the recording's start: at once, or by playing up to it. */
  async showInFrame(recording: FrameRecording, atMs: number, isPlayed: boolean): Promise<void> {
    clear();
    const root = document.body.appendChild(document.createElement('div'));
    root.id = 'stage';
    const { startedAt, durationMs, segments } = recording;
    const index: ReplayIndex = { startedAt, durationMs, segments, idle: [] };
    const json = segments.map((segment) => encoder.encode(segment.json));
    const source = {
      load: (at: number) => Promise.resolve(json[at] ?? new Uint8Array()),
      prefetch: () => undefined,
      has: () => true,
    };
    await new Promise<void>((resolve, reject) => {
      const host = {
        now: () => performance.now(),
        nextFrame: (next: () => void) => void requestAnimationFrame(next),
        whenIdle: (next: () => void) => {
          const handle = requestIdleCallback(next);
          return () => cancelIdleCallback(handle);
        },
        painted,
        turn,
      };
      player = new SegmentPlayer(index, source, new PageStage(root, () => undefined), host, {
        // It plays on: nothing happens for a while, and the page may be some frames behind the clock.
        onTime: (time, isPlaying) => {
          if (isPlaying && time >= atMs) resolve();
        },
        onLoading: () => undefined,
        onSeeked: () => (isPlayed ? player?.play() : resolve()),
        onSize: () => undefined,
        onFailure: reject,
      });
      player.open(isPlayed ? 0 : atMs).catch(reject);
    });
    await painted();
  },
  /** Shows a moment with rrweb's Replayer alone. */
  async showWithRrweb(events: string, atMs: number): Promise<void> {
    clear();
    alone = await play(JSON.parse(events) as eventWithTime[], atMs);
  },
  /** Counts the pixels that differ between two images of the same size. */
  async countDifferences(one: string, other: string): Promise<number> {
    const [before, after] = await Promise.all([readPixels(one), readPixels(other)]);
    if (before.length !== after.length) return Infinity;
    let count = 0;
    for (let at = 0; at < before.length; at += 4) {
      const isSame = [0, 1, 2].every((channel) => Math.abs(at1(before, at + channel) - at1(after, at + channel)) <= 2);
      if (!isSame) count++;
    }
    return count;
  },
});

const at1 = (pixels: Uint8ClampedArray, at: number): number => pixels[at] ?? 0;

function clear(): void {
  player?.close();
  player = undefined;
  alone?.end();
  alone = undefined;
  document.getElementById('stage')?.remove();
}

async function readPixels(base64: string): Promise<Uint8ClampedArray> {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  if (!context) throw new Error('there is no canvas');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height).data;
}
