import type { Random } from './random';

/** The parts of the page that the acts change. */
export interface Scene {
  random: Random;
  /** How many rows or cards change at once, relative to an ordinary page. */
  burst: number;
  rows: HTMLTableSectionElement;
  list: HTMLUListElement;
  cards: HTMLElement;
  fields: (HTMLInputElement | HTMLTextAreaElement)[];
  choices: HTMLInputElement[];
  selects: HTMLSelectElement[];
  texts: HTMLElement[];
  chart: SVGSVGElement;
  scrollers: Element[];
  sheet: HTMLStyleElement;
  widget: ShadowRoot;
  adopted: CSSStyleSheet[];
  frame: HTMLIFrameElement;
  video: HTMLVideoElement;
  dialog: HTMLDialogElement;
  details: HTMLDetailsElement;
}

const styles = `
body { margin: 0; font: 14px/1.4 sans-serif; color: #223 }
.columns { display: grid; grid-template-columns: 220px 1fr 320px; gap: 8px }
.scroll { height: 420px; overflow: auto; border: 1px solid #ccd }
table { border-collapse: collapse; width: 100% } td, th { padding: 2px 6px; border-bottom: 1px solid #e4e4ee; text-align: left }
.card { padding: 8px; border: 1px solid #dde; border-radius: 6px; margin: 4px 0 } .card.is-new { background: #ffe }
.badge { background: #336; color: #fff; border-radius: 8px; padding: 0 6px } .is-late { color: #a22 } .is-done { opacity: .6 }
@media (max-width: 900px) { .columns { grid-template-columns: 1fr } .card { padding: 4px } }
@supports (display: grid) { .columns > * { min-width: 0 } }
.row:hover td { background: #f4f6ff } a:hover { text-decoration: underline }
`;

/** Creates an element with attributes and children; a string becomes a text node. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function makeRow(random: Random): HTMLTableRowElement {
  const state = random.pick(['open', 'waiting', 'late', 'done']);
  const row = make('tr', { class: `row is-${state}`, 'data-key': String(random.below(1_000_000)) });
  row.append(
    make('td', {}, make('input', { type: 'checkbox', name: 'chosen', 'aria-label': 'Choose' })),
    make('td', {}, make('a', { href: `/orders/${random.below(90_000)}` }, `#${random.below(90_000)}`)),
    make('td', { class: 'name' }, random.words(2)),
    make('td', { title: random.words(3) }, random.words(3)),
    make(
      'td',
      { style: `text-align: right; width: ${random.between(60, 90)}px` },
      (random.below(90_000) / 100).toFixed(2),
    ),
    make('td', {}, make('span', { class: 'badge' }, state)),
  );
  return row;
}

export function makeItem(random: Random): HTMLLIElement {
  const link = make('a', { href: `#${random.below(1000)}`, class: 'item' }, random.words(2));
  return make('li', { role: 'option', 'aria-selected': 'false' }, link, ' ', make('small', {}, random.words(1)));
}

export function makeCard(random: Random): HTMLElement {
  const card = make('article', { class: 'card', 'data-kind': random.pick(['mail', 'call', 'chat']) });
  card.append(
    make('h3', {}, random.words(3)),
    make('p', { style: 'color: #445; margin: 2px 0' }, random.words(random.between(8, 24))),
    make('button', { type: 'button', 'aria-pressed': 'false' }, random.pick(['Reply', 'Assign', 'Close'])),
    document.createComment(random.words(2)),
  );
  return card;
}

/** Builds a page of about this many nodes in the document. */
export function buildScene(random: Random, nodes: number, burst: number): Scene {
  document.documentElement.lang = 'en';
  document.title = 'Orders';
  const sheet = make('style', {}, styles);
  const dynamic = make('style', { 'data-dynamic': '' });
  document.head.append(sheet, dynamic);

  const rows = make('tbody');
  for (let count = 0; count < (nodes * 0.55) / 16; count++) rows.append(makeRow(random));
  const list = make('ul', { role: 'listbox' });
  for (let count = 0; count < (nodes * 0.15) / 6; count++) list.append(makeItem(random));
  const cards = make('section', { 'aria-label': 'Messages' });
  for (let count = 0; count < (nodes * 0.24) / 8; count++) cards.append(makeCard(random));

  const form = makeForm(random);
  const chart = makeChart(random);
  const video = make('video', { width: '160', height: '90' });
  const dialog = make('dialog', {}, make('p', {}, random.words(6)), make('button', {}, 'Close'));
  const details = make('details', {}, make('summary', {}, 'More'), make('p', {}, random.words(12)));
  const host = document.createElement('x-total');
  host.className = 'total';
  const frame = make('iframe', { title: 'Preview', width: '300', height: '120' });
  const texts = [make('h1', {}, 'Orders'), make('p', { class: 'hint' }, random.words(5)), make('output', {}, '0')];

  const head = ['', 'Order', 'Customer', 'Goods', 'Total', 'State'].map((name) => make('th', {}, name));
  const table = make('table', {}, make('thead', {}, make('tr', {}, ...head)), rows);
  const scrollers = [
    make('div', { class: 'scroll' }, list),
    make('div', { class: 'scroll' }, table),
    make('div', { class: 'scroll' }, cards),
  ];
  document.body.append(
    make('header', {}, ...texts, host),
    make('main', { class: 'columns' }, ...scrollers),
    make('footer', {}, form, chart, video, details, frame, dialog, make('div', { style: 'height: 1200px' })),
  );
  const widget = host.attachShadow({ mode: 'open' });
  widget.append(make('style', {}, 'b { color: #063 } :host { display: block }'), make('b', {}, '0'), make('slot'));
  const adopted = ['b { font-weight: 600 }', '.a { color: teal }'].map((text) => {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  });
  fillFrame(frame, random);
  return {
    random,
    burst,
    rows,
    list,
    cards,
    fields: [
      ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
        'input[type=text], input[type=search], textarea',
      ),
    ],
    choices: [...form.querySelectorAll<HTMLInputElement>('input[type=checkbox], input[type=radio]')],
    selects: [...form.querySelectorAll('select')],
    texts,
    chart,
    scrollers: [...scrollers, document.documentElement],
    sheet: dynamic,
    widget,
    adopted,
    frame,
    video,
    dialog,
    details,
  };
}

/** The frame's document is about:blank, which is available at once; this page fills it. */
export function fillFrame(frame: HTMLIFrameElement, random: Random): void {
  const inner = frame.contentDocument;
  if (!inner) throw new Error('a frame of this page has no document');
  inner.head.append(make('style', {}, 'p { margin: 0; color: #345 }'));
  for (let count = 0; count < 8; count++) inner.body.append(make('p', {}, random.words(4)));
}

function makeForm(random: Random): HTMLFormElement {
  const options = (): HTMLOptionElement[] =>
    Array.from({ length: 6 }, (_, index) => make('option', { value: String(index) }, random.words(1)));
  const radios = ['post', 'courier', 'pick-up'].map((value) =>
    make('label', {}, make('input', { type: 'radio', name: 'way', value }), value),
  );
  return make(
    'form',
    {},
    make('input', { type: 'search', name: 'query', placeholder: 'Search', value: '' }),
    make('input', { type: 'text', name: 'name', value: 'Ada' }),
    make('textarea', { name: 'note', rows: '3' }, random.words(6)),
    make('select', { name: 'state' }, ...options()),
    make('select', { name: 'tags', multiple: '' }, ...options()),
    make('label', {}, make('input', { type: 'checkbox', name: 'gift', checked: '' }), 'Gift'),
    make('label', {}, make('input', { type: 'checkbox', name: 'fast' }), 'Fast'),
    ...radios,
  );
}

function makeChart(random: Random): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 200 60');
  svg.setAttribute('width', '200');
  for (let count = 0; count < 12; count++) {
    const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    bar.setAttribute('x', String(count * 16));
    bar.setAttribute('height', String(random.between(4, 60)));
    bar.setAttribute('width', '12');
    svg.append(bar);
  }
  return svg;
}
