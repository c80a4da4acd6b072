import { EventType, IncrementalSource, MouseInteractions, PointerTypes } from '../../src-main/core/recording/events';
import { DomModel } from '../../src-main/core/recording/model/dom-model';
import { writeKeyframe } from '../../src-main/core/recording/segments/keyframe';
import { SessionWriter } from '../unit/timeline/session';

interface Target {
  id: number;
}

interface Serialized {
  id: number;
  tagName?: string;
  childNodes: Serialized[];
}

function forEachNode(node: Serialized, visit: (node: Serialized) => void): void {
  visit(node);
  for (const child of node.childNodes ?? []) forEachNode(child, visit);
}

/** Numbers nodes as rrweb does when it starts on a new document. */
function numberNodes(root: Serialized): void {
  let id = 0;
  forEachNode(root, (node) => (node.id = ++id));
}

function isOfPage({ type }: { type: number }): boolean {
  return type === EventType.Meta || type === EventType.FullSnapshot;
}

function rootOf({ data }: { data?: unknown }): Serialized {
  return (data as { node: Serialized }).node;
}

function bodyOf(root: Serialized): Serialized {
  let body = root;
  forEachNode(root, (node) => {
    if (node.tagName === 'body') body = node;
  });
  return body;
}

const rippleId = 4999;

const textOf = (target: Target): Target => {
  const [child] = (target as Target & { childNodes?: Target[] }).childNodes ?? [];
  return child ?? target;
};

/**
 * Writes the session of one user, with the events that rrweb records for a gesture and a clock of its own: each method happens at `now` ms
 * and moves the clock on. Nodes are created with `element` and `text` before `visit`.
 */
export class RecordedUser extends SessionWriter {
  now = 0;
  /** When the last click was. */
  clickedAt = 0;
  private focused: number | undefined;
  private nextId = 5000;

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  /** Opens a page: a Meta event and the full snapshot. The recorder numbers the nodes in document order. */
  visit(children: (string | object)[], href = 'https://shop.example/account'): this {
    this.open(this.now, children, href);
    numberNodes(this.lastRoot());
    return this.wait(20);
  }

  /** Loads the page again: its snapshot is the first one of the session, with the changes that `change` makes. */
  reload(change?: (bodyNodes: object[]) => void): this {
    const [meta, snapshot] = structuredClone(this.events.map(({ event }) => event).filter(isOfPage));
    if (!meta || !snapshot) throw new Error('no page was opened');
    const root = rootOf(snapshot);
    change?.(bodyOf(root).childNodes);
    numberNodes(root);
    return this.add(this.now, meta).add(this.now, snapshot).wait(20);
  }

  /** The recorder takes a full snapshot of the page as it is. `change` may change the page without a recorded event. */
  checkout(change?: (bodyNodes: object[]) => void): this {
    return this.snapshot((root) => change?.(bodyOf(root).childNodes));
  }

  /** The recorder is started again and gives each node a new id. */
  restart(): this {
    return this.snapshot((root) => forEachNode(root, (node) => (node.id += 10_000)));
  }

  private snapshot(change: (root: Serialized) => void): this {
    const model = new DomModel();
    for (const { event } of this.events) model.apply(event);
    for (const event of structuredClone(writeKeyframe(model, 0)).filter(isOfPage)) {
      if (event.type === EventType.FullSnapshot) change(rootOf(event));
      this.add(this.now, event);
    }
    return this.wait(20);
  }

  private lastRoot(): Serialized {
    const snapshot = this.events.findLast(({ event }) => event.type === EventType.FullSnapshot);
    if (!snapshot) throw new Error('no page was opened');
    return rootOf(snapshot.event);
  }

  /** Moves the mouse, the usual sign that the user is there. */
  move(x = 300, y = 200): this {
    const positions = [{ x, y, id: 1, timeOffset: 0 }];
    return this.increment(this.now, { source: IncrementalSource.MouseMove, positions });
  }

  down(target: Target, x = 30, y = 20): this {
    this.mouse(MouseInteractions.MouseDown, target, x, y);
    if (this.focused !== undefined && this.focused !== target.id) this.blur(this.now, { id: this.focused });
    this.focused = undefined;
    return this;
  }

  /** Gives the focus to a pressed control, as a browser does right after the pointer-down. */
  takeFocus(target: Target): this {
    this.focus(this.now, target);
    this.focused = target.id;
    return this;
  }

  up(target: Target, x = 30, y = 20): this {
    this.mouse(MouseInteractions.MouseUp, target, x, y);
    this.clickedAt = this.now;
    return this.interact(this.now, MouseInteractions.Click, target.id, { x, y, pointerType: PointerTypes.Mouse });
  }

  /** Clicks with the mouse: pointer-down, `during`, then pointer-up and click 60 ms later. */
  press(target: Target, x = 30, y = 20, during?: () => void): this {
    this.down(target, x, y);
    during?.();
    this.wait(60);
    return this.up(target, x, y);
  }

  /** Clicks a control, which gets the focus. */
  pressButton(target: Target, x = 30, y = 20): this {
    return this.press(target, x, y, () => this.takeFocus(target));
  }

  /** Clicks several times; `answer` is called after each click. */
  pressOften(target: Target, times: number, everyMs: number, answer?: (click: number) => void): this {
    for (let click = 1; click <= times; click++) {
      const begin = this.now;
      this.press(target);
      answer?.(click);
      this.now = begin + everyMs;
    }
    return this;
  }

  doubleClick(target: Target, x = 30, y = 20): this {
    this.press(target, x, y).wait(60).press(target, x, y);
    return this.interact(this.now, MouseInteractions.DblClick, target.id, { x, y });
  }

  /** A script of the page clicks an element. */
  clickByScript(target: Target): this {
    return this.interact(this.now, MouseInteractions.Click, target.id, { x: 0, y: 0 });
  }

  /** The browser's window loses the focus, and with it the focused element. */
  loseFocus(): this {
    return this.focused === undefined ? this : this.blur(this.now, { id: this.focused });
  }

  /** Taps with a finger. */
  tap(target: Target, x = 30, y = 20): this {
    this.mouse(MouseInteractions.TouchStart, target, x, y);
    this.wait(50).mouse(MouseInteractions.TouchEnd, target, x, y);
    return this.interact(this.now, MouseInteractions.Click, target.id, { x, y, pointerType: PointerTypes.Touch });
  }

  /** Selects characters of an element's text. */
  select(target: Target, from: number, to: number): this {
    const { id } = textOf(target);
    const ranges = [{ start: id, startOffset: from, end: id, endOffset: to }];
    return this.increment(this.now, { source: IncrementalSource.Selection, ranges });
  }

  deselect(): this {
    return this.increment(this.now, { source: IncrementalSource.Selection, ranges: [] });
  }

  type(field: Target, text: string, everyMs = 200): this {
    for (let length = 1; length <= text.length; length++) {
      this.input(this.now, field, text.slice(0, length));
      this.wait(everyMs);
    }
    return this;
  }

  scrollTo(y: number, target: Target = { id: 1 }, x = 0): this {
    return this.increment(this.now, { source: IncrementalSource.Scroll, id: target.id, x, y });
  }

  resize(width: number, height: number): this {
    return this.increment(this.now, { source: IncrementalSource.ViewportResize, width, height });
  }

  /** The page changes the text of an element. */
  setText(target: Target, value: string): this {
    return this.mutate({ texts: [{ id: textOf(target).id, value }] });
  }

  setAttributes(target: Target, attributes: object): this {
    return this.mutate({ attributes: [{ id: target.id, attributes }] });
  }

  /** The page adds an element with a text. Returns the element. */
  append(parent: Target, tagName: string, text: string, attributes: object = {}): Target {
    const node = { type: 2, id: this.nextId++, tagName, attributes, childNodes: [] };
    const child = { type: 3, id: this.nextId++, textContent: text };
    this.mutate({
      adds: [
        { parentId: parent.id, nextId: null, node },
        { parentId: node.id, nextId: null, node: child },
      ],
    });
    return node;
  }

  /** A component library draws a circle under the pointer. */
  drawRipple(target: Target): this {
    const node = {
      type: 2,
      id: rippleId,
      tagName: 'span',
      attributes: { class: 'Button-ripple ripple' },
      childNodes: [],
    };
    return this.mutate({ adds: [{ parentId: target.id, nextId: null, node }] });
  }

  endRipple(target: Target): this {
    return this.remove(target, { id: rippleId });
  }

  remove(parent: Target, target: Target): this {
    return this.mutate({ removes: [{ parentId: parent.id, id: target.id }] });
  }

  mutate(change: object): this {
    const empty = { adds: [], removes: [], texts: [], attributes: [] };
    return this.increment(this.now, { source: IncrementalSource.Mutation, ...empty, ...change });
  }

  /** A list of requests, as network plugins write it after the last of them. */
  requests(...requests: object[]): this {
    return this.plugin(this.now, 'rrweb/network@1', { requests });
  }

  /** A custom event of a platform. */
  emit(tag: string, payload: unknown = {}): this {
    return this.custom(this.now, tag, payload);
  }

  private mouse(type: MouseInteractions, target: Target, x: number, y: number): this {
    return this.interact(this.now, type, target.id, { x, y });
  }
}
