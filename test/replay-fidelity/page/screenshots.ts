import type { eventWithTime } from '@rrweb/types';
import { play, type Played } from './play';

/** Where an element stands in its page, CSS pixels, by the id that it was recorded with. */
export interface Box {
  id: number;
  tag: string;
  left: number;
  top: number;
  width: number;
  height: number;
  /** Takes part in the page's lines of text: its width is that of what is written in it. */
  isInline: boolean;
}

let shown: Played | undefined;

Object.assign(window, {
  /** Replays events to a moment, leaves what they show on the page and says where everything stands. */
  async showReplay(path: string, atMs: number): Promise<Box[]> {
    shown?.end();
    shown = undefined;
    const response = await fetch(path);
    shown = await play((await response.json()) as eventWithTime[], atMs);
    return boxesOf(shown);
  },
});

function boxesOf({ replayer }: Played): Box[] {
  const mirror = replayer.getMirror();
  const boxes: Box[] = [];
  for (const id of mirror.getIds()) {
    const node = mirror.getNode(id);
    const view = node?.ownerDocument?.defaultView;
    if (node?.nodeType !== Node.ELEMENT_NODE || !node.isConnected || !view) continue;
    const element = node as Element;
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) continue;
    const { display, visibility } = view.getComputedStyle(element);
    if (visibility !== 'visible') continue;
    boxes.push({ id, tag: element.tagName.toLowerCase(), left, top, width, height, isInline: /^inline/.test(display) });
  }
  return boxes;
}
