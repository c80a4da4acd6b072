import type { eventWithTime } from '@rrweb/types';
import { isEditor } from '../../../src-main/core/redaction/page/fields';
import { play, type Played } from './play';

/** The position of an element in its page, CSS pixels, with its recorded id. */
export interface Box {
  id: number;
  tag: string;
  left: number;
  top: number;
  width: number;
  height: number;
  /** It is part of a line of text, so its width depends on its text. */
  isInline: boolean;
  /** It is inside an editor, whose content is left out. */
  isInEditor: boolean;
}

let shown: Played | undefined;

Object.assign(window, {
  /** Replays events up to a moment, keeps the replay on the page and returns the position of every element. */
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
    boxes.push({
      id,
      tag: element.tagName.toLowerCase(),
      left,
      top,
      width,
      height,
      isInline: /^inline/.test(display),
      isInEditor: isInEditor(element),
    });
  }
  return boxes;
}

function isInEditor(element: Element): boolean {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const editor = at;
    if (isEditor(editor.tagName.toLowerCase(), (name) => editor.getAttribute(name) ?? undefined)) return true;
  }
  return false;
}
