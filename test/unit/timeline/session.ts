import type { RecordedEvent, SessionEvent } from '../../../src-main/contract/recorded-event';
import { entryText } from '../../../src-main/contract/words/timeline';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { EventType, IncrementalSource, MouseInteractions, NodeType } from '../../../src-main/core/recording/events';
import { buildTimeline, type TimelineOptions } from '../../../src-main/core/timeline/build';

type Child = string | object;

/** Builds small sessions for tests. Ids are assigned in order of creation. Times are in ms since the session's start. */
export class SessionWriter {
  readonly startedAt = 1_700_000_000_000;
  readonly events: SessionEvent[] = [];
  private lastId = 100;

  constructor(readonly windowId = '1') {}

  element(tagName: string, attributes: object = {}, children: Child[] = [], more: object = {}) {
    const childNodes = children.map((child) => (typeof child === 'string' ? this.text(child) : child));
    return { type: NodeType.Element, id: ++this.lastId, tagName, attributes, childNodes, ...more };
  }

  /** A shadow host: `shadow` in its shadow root, `light` beside it. */
  host(tagName: string, attributes: object, shadow: object[], light: Child[] = []) {
    const inShadow = shadow.map((node) => ({ ...node, isShadow: true }));
    return this.element(tagName, attributes, [...light, ...inShadow], { isShadowHost: true });
  }

  text(textContent: string) {
    return { type: NodeType.Text, id: ++this.lastId, textContent };
  }

  open(at: number, children: Child[], href = 'https://shop.test/cart?user=x'): this {
    const body = this.element('body', {}, children);
    const html = this.element('html', {}, [this.element('head'), body]);
    this.add(at, { type: EventType.Meta, data: { href, width: 800, height: 600 } });
    const node = { type: NodeType.Document, id: 1, childNodes: [html] };
    return this.add(at, { type: EventType.FullSnapshot, data: { node, initialOffset: { top: 0, left: 0 } } });
  }

  /** Repeats the first page's Meta event and full snapshot: a checkout of the recorder, or a reload. */
  again(at: number): this {
    const opened = this.events.filter(
      ({ event: { type } }) => type === EventType.Meta || type === EventType.FullSnapshot,
    );
    for (const { event } of opened.slice(0, 2)) this.add(at, { type: event.type, data: event.data });
    return this;
  }

  click(at: number, { id }: { id: number }, x = 10, y = 10): this {
    return this.interact(at, MouseInteractions.Click, id, { x, y });
  }

  focus(at: number, { id }: { id: number }): this {
    return this.interact(at, MouseInteractions.Focus, id);
  }

  blur(at: number, { id }: { id: number }): this {
    return this.interact(at, MouseInteractions.Blur, id);
  }

  input(at: number, { id }: { id: number }, text: string, more: object = {}): this {
    return this.increment(at, { source: IncrementalSource.Input, id, text, isChecked: false, ...more });
  }

  increment(at: number, data: object): this {
    return this.add(at, { type: EventType.IncrementalSnapshot, data });
  }

  plugin(at: number, plugin: string, payload: object): this {
    return this.add(at, { type: EventType.Plugin, data: { plugin, payload } });
  }

  custom(at: number, tag: string, payload: unknown = {}): this {
    return this.add(at, { type: EventType.Custom, data: { tag, payload } });
  }

  add(at: number, event: Omit<RecordedEvent, 'timestamp'>): this {
    this.events.push({ windowId: this.windowId, event: { ...event, timestamp: this.startedAt + at } });
    return this;
  }

  timeline(options: Partial<TimelineOptions> = {}): TimelineEntry[] {
    return buildTimeline(this.events, { times: 'relative', ...options });
  }

  /** Returns the text of all entries except the first, the opened page. */
  sentences(): string[] {
    return this.timeline().slice(1).map(entryText);
  }

  interact(at: number, type: MouseInteractions, id: number, more: object = {}): this {
    return this.increment(at, { source: IncrementalSource.MouseInteraction, type, id, ...more });
  }
}
