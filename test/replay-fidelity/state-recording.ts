import { EventType, IncrementalSource, MediaInteractions, MouseInteractions } from '@rrweb/types';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { SeededRandom } from '../helpers/seeded-random';

/**
 * A recording of pages that hold every kind of element state, in each of these containers: the main document, an iframe, a shadow root,
 * and a shadow root inside an iframe inside a shadow root. Users and scripts change the states in a random order.
 */
export function recordStates(seed: number, changes = 400): RecordedEvent[] {
  return new StateRecorder(new SeededRandom(seed)).record(changes);
}

interface Container {
  /** Ids of its elements count from here. */
  base: number;
  /** The element or document that holds its elements directly. */
  parentId: number;
  /** The document that it is in, and whose scroll offset it can change. */
  documentId: number;
  /** The document or shadow host that adopts style sheets. */
  sheetHostId: number;
  isShadow: boolean;
}

const ids = {
  document: 1,
  html: 2,
  head: 3,
  body: 4,
  frame: 10,
  frameDocument: 11,
  host: 20,
  outerHost: 30,
  innerFrame: 31,
  innerDocument: 32,
  innerHost: 40,
};

const containers: readonly Container[] = [
  { base: 1000, parentId: ids.body, documentId: ids.document, sheetHostId: ids.document, isShadow: false },
  {
    base: 2000,
    parentId: ids.frameDocument + 2,
    documentId: ids.frameDocument,
    sheetHostId: ids.frameDocument,
    isShadow: false,
  },
  { base: 3000, parentId: ids.host, documentId: ids.document, sheetHostId: ids.host, isShadow: true },
  { base: 4000, parentId: ids.innerHost, documentId: ids.innerDocument, sheetHostId: ids.innerHost, isShadow: true },
];

/** Offsets of the elements from their container's base. */
const at = {
  style: 1,
  styleText: 2,
  box: 10,
  inner: 11,
  text: 20,
  area: 21,
  areaText: 22,
  check: 23,
  radioA: 24,
  radioB: 25,
  radioC: 26,
  select: 30,
  list: 50,
  video: 70,
  audio: 71,
  dialog: 72,
  details: 73,
  paragraph: 80,
  words: 81,
  added: 90,
};

const css =
  '.box { width: 80px; height: 40px; overflow: auto } .inner { width: 400px; height: 300px } .wide { width: 900px }' +
  ' .text { width: 60px } .area { width: 80px; height: 30px } @media all { .c { color: red } }' +
  // Showing a dialog focuses it, and a browser scrolls to what it focuses. A recorder would report that as a scroll.
  ' dialog { position: fixed; top: 0 }';
const values = ['', 'a', 'some longer text that has to be scrolled', 'lines\n'.repeat(12)];
const playing = ['Play', 'Pause', 'Seeked', 'VolumeChange', 'RateChange'] as const;
const presses = ['Focus', 'Blur', 'Click', 'MouseDown', 'MouseUp'] as const;

type Change = (container: Container) => object[];

const optionCount = 8;

class StateRecorder {
  private readonly events: RecordedEvent[] = [];
  private nextStyleId = 1;
  private atMs = 1_000_000;
  private readonly addedTo = new Set<number>();
  private readonly ruleCounts = new Map<number, number>();

  constructor(private readonly random: SeededRandom) {}

  record(changes: number): RecordedEvent[] {
    this.push(EventType.Meta, { href: 'https://states.example/', width: 800, height: 600 });
    this.push(EventType.FullSnapshot, { node: mainDocument(), initialOffset: { left: 0, top: 0 } });
    this.send(IncrementalSource.Mutation, attach(ids.frame, frameDocument(ids.frameDocument, containerAt(1), [])));
    const inner = frameDocument(ids.innerDocument, undefined, [
      element(ids.innerHost, 'x-inner', specimens(containerAt(3)), {}, { isShadowHost: true }),
    ]);
    this.send(IncrementalSource.Mutation, attach(ids.innerFrame, inner));
    const kinds = Object.values(this.changes);
    for (let count = 0; count < changes; count++) {
      // The events of one change have one time, so that no replay is compared between them.
      const changed = this.random.pick(kinds)(this.random.pick(containers));
      this.atMs += 20;
      for (const event of changed) this.push(EventType.IncrementalSnapshot, event);
    }
    return this.events;
  }

  private readonly changes: Record<string, Change> = {
    scrollElement: ({ base }) => [this.scroll(base + this.random.pick([at.box, at.text, at.area]))],
    scrollDocument: ({ documentId }) => [this.scroll(documentId)],
    // Text that gets shorter moves a field back, which a recorder reports.
    type: ({ base }) => {
      const id = base + this.random.pick([at.text, at.area]);
      return [this.input(id, this.random.pick(values)), this.scroll(id)];
    },
    // A recorder reports every radio button of the group.
    check: ({ base }) => {
      const isChecked = this.random.below(2) === 0;
      if (this.random.below(2) === 0) return [this.input(base + at.check, 'on', isChecked)];
      return [this.input(base + at.radioA, 'on', isChecked), this.input(base + at.radioB, 'on', !isChecked)];
    },
    choose: ({ base }) => [
      this.input(base + this.random.pick([at.select, at.list]), `option ${this.random.below(optionCount + 1)}`),
    ],
    replaceOption: (container) => {
      const parentId = container.base + at.select;
      const index = this.random.below(optionCount);
      const id = parentId + 1 + index;
      const selected = this.random.pick([{ selected: true }, {}, {}]);
      const node = option(container, at.select, index, selected);
      const text = { parentId: id, nextId: null, node: optionText(container, at.select, index) };
      const adds = [{ parentId, nextId: null, node }, text];
      return [mutation({ removes: [{ parentId, id }] }), ...(this.random.below(3) === 0 ? [] : [mutation({ adds })])];
    },
    insertRadio: (container) => {
      const { base, parentId, isShadow } = container;
      const id = base + at.radioC;
      if (this.addedTo.has(id)) return [];
      this.addedTo.add(id);
      const checked = this.random.pick([{ checked: true }, {}]);
      const more = { ...rootOf(container), ...(isShadow && { isShadow }) };
      const node = element(id, 'input', [], { type: 'radio', name: 'r', value: 'on', ...checked }, more);
      return [mutation({ adds: [{ parentId, nextId: base + this.random.pick([at.radioA, at.select]), node }] })];
    },
    setAttribute: ({ base }) => {
      const [offset, name, value] = this.random.pick<[number, string, string | null]>([
        [at.text, 'value', this.random.pick(values)],
        [at.check, 'checked', this.random.pick(['', null])],
        [at.check, 'value', 'yes'],
        [at.details, 'open', this.random.pick(['', null])],
        [at.inner, 'class', this.random.pick(['inner', 'inner wide'])],
        [at.paragraph, 'style', this.random.pick(['color: red', 'margin: 2px', ''])],
        [at.text, 'disabled', this.random.pick(['', null])],
        [at.video, 'controls', this.random.pick(['', null])],
      ]);
      const change = attributes(base + offset, { [name]: value });
      return name === 'value' && offset === at.text ? [change, this.scroll(base + offset)] : [change];
    },
    setAreaText: ({ base }) => [
      attributes(base + at.area, { value: this.random.pick(values) }),
      this.scroll(base + at.area),
    ],
    setStyle: ({ base }) => {
      const style = this.random.pick<Record<string, unknown>>([
        { color: 'blue' },
        { margin: '3px' },
        { 'margin-left': ['9px', 'important'] },
        { color: false },
      ]);
      return [attributes(base + this.random.pick([at.paragraph, at.box]), { style })];
    },
    openDialog: ({ base }) => {
      const mode = this.random.pick(['modal', 'non-modal', null]);
      return [attributes(base + at.dialog, mode === null ? { open: null } : { open: '', rr_open_mode: mode })];
    },
    play: ({ base }) => {
      const id = base + this.random.pick([at.video, at.audio]);
      const type = MediaInteractions[this.random.pick(playing)];
      const muted = this.random.below(2) === 0;
      const state = { currentTime: this.random.below(9), volume: this.random.below(5) / 4, muted, loop: !muted };
      return [
        { source: IncrementalSource.MediaInteraction, id, type, ...state, playbackRate: 1 + this.random.below(3) },
      ];
    },
    insertRule: ({ base }) => {
      const count = this.ruleCounts.get(base) ?? 0;
      this.ruleCounts.set(base, count + 1);
      const rule = this.random.pick([
        '.n { top: 1px }',
        '@media print { .o { left: 1px } }',
        '.p { margin: 0; margin-left: 1px }',
      ]);
      const adds = [{ rule, index: this.random.below(count + 1) }];
      return [{ source: IncrementalSource.StyleSheetRule, id: base + at.style, adds }];
    },
    deleteRule: ({ base }) => {
      const count = this.ruleCounts.get(base) ?? 0;
      if (count === 0) return [];
      this.ruleCounts.set(base, count - 1);
      const removes = [{ index: this.random.below(count) }];
      return [{ source: IncrementalSource.StyleSheetRule, id: base + at.style, removes }];
    },
    declare: ({ base }) => {
      const count = this.ruleCounts.get(base) ?? 0;
      if (count === 0) return [];
      const property = this.random.pick(['color', 'margin', 'margin-left', 'top']);
      const value = this.random.pick(['1px', 'red', 'inherit']);
      const change = this.random.below(3) === 0 ? { remove: { property } } : { set: { property, value } };
      const index = [this.random.below(count)];
      return [{ source: IncrementalSource.StyleDeclaration, id: base + at.style, index, ...change }];
    },
    changeSheetText: ({ base }) => {
      if (this.random.below(4) !== 0) return [];
      this.ruleCounts.delete(base);
      return [mutation({ texts: [{ id: base + at.styleText, value: `${css} .z { top: 1px }` }] })];
    },
    adopt: ({ sheetHostId }) => {
      const styleId = this.nextStyleId++;
      const styles = [{ styleId, rules: [{ rule: `.s${styleId} { top: 0 }`, index: 0 }] }];
      return [{ source: IncrementalSource.AdoptedStyleSheet, id: sheetHostId, styles, styleIds: [styleId] }];
    },
    changeAdopted: () => {
      const styleId = 1 + this.random.below(this.nextStyleId);
      return [
        this.random.pick<object>([
          { source: IncrementalSource.StyleSheetRule, styleId, adds: [{ rule: '.t { left: 0 }', index: 0 }] },
          { source: IncrementalSource.StyleSheetRule, styleId, replaceSync: '.u { left: 0 } .v { top: 0 }' },
          { source: IncrementalSource.StyleDeclaration, styleId, index: [0], set: { property: 'color', value: 'red' } },
        ]),
      ];
    },
    loadFont: () => {
      const fontSource = `url(data:font/woff2;base64,${this.random.pick(['AAAA', 'BBBB'])})`;
      const family = this.random.pick(['One', 'Two']);
      return [{ source: IncrementalSource.Font, family, fontSource, buffer: false, descriptors: {} }];
    },
    select: ({ base }) => {
      const [startOffset, endOffset] = [this.random.below(4), 4 + this.random.below(4)];
      const ranges = [{ start: base + at.words, startOffset, end: base + at.words, endOffset }];
      return [{ source: IncrementalSource.Selection, ranges }];
    },
    point: ({ base }) => {
      const position = { x: this.random.below(400), y: this.random.below(300), id: base + at.paragraph, timeOffset: 0 };
      return [{ source: IncrementalSource.MouseMove, positions: [position] }];
    },
    press: ({ base }) => {
      const type = MouseInteractions[this.random.pick(presses)];
      const [x, y] = [this.random.below(400), this.random.below(300)];
      return [
        { source: IncrementalSource.MouseInteraction, type, id: base + this.random.pick([at.text, at.check]), x, y },
      ];
    },
    changeText: ({ base }) => [
      mutation({ texts: [{ id: base + at.words, value: `words ${this.random.below(1000)} and more` }] }),
    ],
    addOrRemove: (container) => {
      const { base, parentId, isShadow } = container;
      const id = base + at.added;
      const shadow = isShadow && { isShadow };
      if (this.addedTo.delete(id)) return [mutation({ removes: [{ parentId, id, ...shadow }] })];
      this.addedTo.add(id);
      const node = element(id, 'div', [], { class: 'box' }, { ...rootOf(container), ...shadow });
      return [mutation({ adds: [{ parentId, nextId: null, node }] })];
    },
    resize: () => [{ source: IncrementalSource.ViewportResize, width: 700 + this.random.below(200), height: 600 }],
  };

  private scroll(id: number): object {
    return { source: IncrementalSource.Scroll, id, x: this.random.below(200), y: this.random.below(200) };
  }

  private input(id: number, text: string, isChecked = false): object {
    return { source: IncrementalSource.Input, id, text, isChecked };
  }

  private send(source: IncrementalSource, data: object): void {
    this.push(EventType.IncrementalSnapshot, { source, ...data });
  }

  private push(type: EventType, data: object): void {
    this.events.push({ type, data, timestamp: this.atMs });
  }
}

function containerAt(index: number): Container {
  const container = containers[index];
  if (!container) throw new RangeError(`there is no container ${index}`);
  return container;
}

function rootOf({ documentId }: Container): { rootId?: number } {
  return documentId === ids.document ? {} : { rootId: documentId };
}

function mainDocument(): object {
  const nested = element(ids.innerFrame, 'iframe', [], { width: '300', height: '200' }, { isShadow: true });
  return {
    type: 0,
    id: ids.document,
    childNodes: [
      element(ids.html, 'html', [
        element(ids.head, 'head', []),
        element(ids.body, 'body', [
          ...specimens(containerAt(0)),
          element(ids.frame, 'iframe', [], { width: '300', height: '200' }),
          element(ids.host, 'x-host', specimens(containerAt(2)), {}, { isShadowHost: true }),
          element(ids.outerHost, 'x-outer', [nested], {}, { isShadowHost: true }),
          element(9, 'div', [], { style: 'width: 2000px; height: 2000px' }),
        ]),
      ]),
    ],
  };
}

/** Its html element and its body have the ids after its own. */
function frameDocument(id: number, container: Container | undefined, nodes: object[]): object {
  const root = { rootId: id };
  const tall = element(id + 3, 'div', [], { style: 'width: 900px; height: 900px' }, root);
  const content = [...(container ? specimens(container) : nodes), tall];
  const body = element(id + 2, 'body', content, {}, root);
  return { type: 0, id, childNodes: [element(id + 1, 'html', [body], {}, root)] };
}

function specimens(container: Container): object[] {
  const { base, isShadow } = container;
  const inside = rootOf(container);
  const top = { ...inside, ...(isShadow && { isShadow }) };
  const field = (offset: number, tag: string, given: object, childNodes: object[] = []): object =>
    element(base + offset, tag, childNodes, given, top);
  const options = (offset: number): object[] =>
    Array.from({ length: optionCount }, (_, index) =>
      option(container, offset, index, {}, [optionText(container, offset, index)]),
    );
  return [
    field(at.style, 'style', { _cssText: css }, [
      { type: 3, id: base + at.styleText, textContent: '', isStyle: true, ...inside },
    ]),
    field(at.box, 'div', { class: 'box', rr_scrollTop: 30 }, [
      element(base + at.inner, 'div', [], { class: 'inner' }, inside),
    ]),
    field(at.text, 'input', {
      class: 'text',
      type: 'text',
      value: 'a value that has to be scrolled',
      rr_scrollLeft: 20,
    }),
    field(at.area, 'textarea', { class: 'area', value: 'one\ntwo\nthree\nfour\nfive', rr_scrollTop: 20 }),
    field(at.check, 'input', { type: 'checkbox', value: 'on', checked: true }),
    field(at.radioA, 'input', { type: 'radio', name: 'r', value: 'on', checked: true }),
    field(at.radioB, 'input', { type: 'radio', name: 'r', value: 'on' }),
    field(at.select, 'select', { value: 'option 0' }, options(at.select)),
    field(at.list, 'select', { multiple: true, size: String(optionCount) }, options(at.list)),
    field(at.video, 'video', { rr_mediaState: 'paused', rr_mediaVolume: 0.5, rr_mediaMuted: true }),
    field(at.audio, 'audio', { rr_mediaState: 'paused', rr_mediaPlaybackRate: 2, rr_mediaLoop: true }),
    field(at.dialog, 'dialog', {}),
    field(at.details, 'details', {}),
    field(at.paragraph, 'p', { style: 'left: 1px' }, [
      { type: 3, id: base + at.words, textContent: 'words to select', ...inside },
    ]),
  ];
}

function option(container: Container, list: number, index: number, given: object, childNodes: object[] = []): object {
  const id = container.base + list + 1 + index;
  return element(id, 'option', childNodes, { value: `option ${index}`, ...given }, rootOf(container));
}

function optionText(container: Container, list: number, index: number): object {
  const id = container.base + list + 1 + optionCount + index;
  return { type: 3, id, textContent: `option ${index}`, ...rootOf(container) };
}

function element(id: number, tagName: string, childNodes: object[], given: object = {}, more: object = {}): object {
  return { type: 2, id, tagName, attributes: given, childNodes, ...more };
}

function mutation(data: object): object {
  return { source: IncrementalSource.Mutation, adds: [], removes: [], texts: [], attributes: [], ...data };
}

function attributes(id: number, changes: object): object {
  return mutation({ attributes: [{ id, attributes: changes }] });
}

function attach(parentId: number, node: object): object {
  return { ...mutation({ adds: [{ parentId, nextId: null, node }] }), isAttachIframe: true };
}
