import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import type { Secret } from './secret-visit';
import { element, incremental, mutation, text } from './small-page';

/** Keypads, pickers and drawing surfaces of many designs: what the user chooses or draws shows in pointer positions, not in typing. */
export interface PickerShape {
  /** The elements that the page's body gets. Ids start at `base`, at most 1000 of them. */
  elements(base: number): object[];
  /** The events of a visit that starts at `at`. */
  script(base: number, secret: Secret, at: number): RecordedEvent[];
}

const act = (type: number, id: number, at: number, place: object = {}): RecordedEvent =>
  incremental(2, { type, id, ...place }, at);
const attributes = (id: number, changed: object, at: number): RecordedEvent =>
  mutation({ attributes: [{ id, attributes: changed }] }, at);
const moveTo = (id: number, x: number, y: number, at: number, source = 1): RecordedEvent =>
  incremental(source, { positions: [{ x, y, id, timeOffset: 0 }] }, at);

const press = (id: number, x: number, y: number, at: number): RecordedEvent[] => [
  moveTo(id, x, y, at - 3),
  act(1, id, at - 2, { x, y }),
  act(0, id, at - 1, { x, y }),
  act(2, id, at, { x, y }),
];

const glyphs = [...'1234567890'];
const letters = ['', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ', '+'];

/** Returns one key. `id` and the two after it are its own. */
type Key = (id: number, glyph: string, index: number) => object;
/** The ids after the keys are those of the elements around them. */
type Layout = (keys: object[], id: number) => object[];

const rowsOf = (keys: object[]): object[][] => [0, 3, 6, 9].map((from) => keys.slice(from, from + 3));
const grid: Layout = (keys, id) => [element(id, 'div', { class: 'q' }, keys)];
const rows: Layout = (keys, id) => [
  element(
    id,
    'div',
    {},
    rowsOf(keys).map((row, index) => element(id + 1 + index, 'div', {}, row)),
  ),
];
const inPage: Layout = (keys) => keys;
const cells: Layout = (keys, id) => [
  element(id, 'table', {}, [
    element(
      id + 1,
      'tbody',
      {},
      rowsOf(keys).map((row, index) =>
        element(
          id + 2 + index,
          'tr',
          {},
          row.map((key, column) => element(id + 10 + 5 * index + column, 'td', {}, [key])),
        ),
      ),
    ),
  ]),
];
const columns: Layout = (keys, id) => [
  element(
    id,
    'section',
    {},
    keys.map((key, index) => element(id + 1 + index, 'div', { class: 'w-4' }, [key])),
  ),
];

const withText =
  (tag: string, given: object = {}): Key =>
  (id, glyph) =>
    element(id, tag, given, [text(id + 1, glyph)]);
const lettered: Key = (id, glyph, index) =>
  element(id, 'button', {}, [
    element(id + 3, 'span', {}, [text(id + 1, glyph)]),
    element(id + 4, 'small', {}, [text(id + 2, letters[index] ?? '')]),
  ]);
const imageKey: Key = (id) => element(id, 'a', { href: '#' }, [element(id + 1, 'img', { alt: '' })]);

/** The display of pressed keys: a field, dots, digits in an element, or none. */
type Shown = 'field' | 'dots' | 'digits' | 'nothing';

const keyStep = 6;
const displayId = 800;

function pad(key: Key, layout: Layout, shown: Shown, isShuffled = false): PickerShape {
  return {
    elements(base) {
      const keys = glyphs.map((glyph, index) => key(base + 1 + keyStep * index, glyph, index));
      const display = base + displayId;
      const show =
        shown === 'field'
          ? [element(display, 'input', { type: 'text', name: 'pin', value: '' })]
          : [element(display, 'p', {}, [element(display + 1, 'i', {}, []), text(display + 2, '')])];
      return [element(base, 'div', {}, show), ...layout(keys, base + 100)];
    },
    script(base, { pin, msPerKey }, at) {
      const display = base + displayId;
      let order = glyphs;
      return [...pin].flatMap((digit, index) => {
        const when = at + 100 + (index + 1) * msPerKey;
        const place = order.indexOf(digit);
        const id = base + 1 + keyStep * place;
        const typed = pin.slice(0, index + 1);
        const events = press(id, 50 * (place % 3), 40 * Math.floor(place / 3), when);
        if (shown === 'field') events.push(incremental(5, { id: display, text: typed, isChecked: false }, when + 1));
        if (shown === 'dots') events.push(attributes(display + 1, { class: `n-${typed.length}` }, when + 1));
        if (shown === 'digits') events.push(mutation({ texts: [{ id: display + 2, value: typed }] }, when + 1));
        if (isShuffled) {
          order = [...order.slice(3), ...order.slice(0, 3)];
          const changed = order.map((glyph, at) => ({ id: base + 1 + keyStep * at, attributes: { title: glyph } }));
          events.push(mutation({ attributes: changed }, when + 2));
        }
        return events;
      });
    },
  };
}

const field = (id: number): object => element(id, 'input', { type: 'text', name: 'chosen', value: '' });
const fill = (id: number, value: string, at: number): RecordedEvent =>
  incremental(5, { id, text: value, isChecked: false }, at);

const list = (id: number, tag: string, item: string, labels: readonly string[], given: object = {}): object =>
  element(
    id,
    tag,
    given,
    labels.map((label, index) => element(id + 1 + 2 * index, item, {}, [text(id + 2 + 2 * index, label)])),
  );

const days = Array.from({ length: 30 }, (_, index) => String(index + 1));

const calendar = (isTable: boolean): PickerShape => ({
  elements: (base) => [
    element(base, 'div', {}, [field(base + 900)]),
    isTable
      ? element(base + 1, 'table', {}, [
          element(
            base + 2,
            'tbody',
            {},
            [0, 7, 14, 21, 28].map((from, row) =>
              element(
                base + 3 + row,
                'tr',
                {},
                days
                  .slice(from, from + 7)
                  .map((day, index) =>
                    element(base + 20 + 2 * (from + index), 'td', {}, [text(base + 21 + 2 * (from + index), day)]),
                  ),
              ),
            ),
          ),
        ])
      : list(base + 19, 'div', 'span', days),
  ],
  script: (base, { choice, msPerKey }, at) => {
    const day = base + 20 + 2 * (choice + 3);
    const when = at + 300 + msPerKey;
    return [
      ...press(day, 30 * choice, 200, when),
      attributes(day, { class: 'day chosen', 'aria-pressed': 'true' }, when + 5),
      fill(base + 900, `2026-12-0${choice + 4}`, when + 9),
    ];
  },
});

const drags = (secret: Secret, at: number): [x: number, y: number, at: number][] =>
  [...secret.pin].map((digit, index) => [100 + 7 * index + Number(digit), 120 + 9 * Number(digit), at + 40 * index]);

/** Draws with the pressed button. `beside` adds what the page does at each point. */
function drawOn(
  id: number,
  secret: Secret,
  at: number,
  beside: (index: number, when: number) => RecordedEvent[],
): RecordedEvent[] {
  const points = drags(secret, at + 300);
  const [first, last] = [points[0], points.at(-1)];
  return [
    act(1, id, at + 290, { x: first?.[0], y: first?.[1] }),
    ...points.flatMap(([x, y, when], index) => [moveTo(id, x, y, when), ...beside(index, when + 1)]),
    act(0, id, (last?.[2] ?? 0) + 20, { x: last?.[0], y: last?.[1] }),
  ];
}

export const pickerShapes: Readonly<Record<string, PickerShape>> = {
  'pad-letters': pad(lettered, rows, 'nothing'),
  'pad-letters-beside': pad(
    (id, glyph, index) => withText('button')(id, `${glyph} ${letters[index]}`, index),
    grid,
    'dots',
  ),
  'pad-own-elements': pad(withText('ion-button'), rows, 'nothing'),
  'pad-cells': pad(withText('button'), cells, 'digits'),
  'pad-columns': pad(withText('button'), columns, 'nothing'),
  'pad-plain': pad(withText('div'), rows, 'digits'),
  'pad-list': pad(withText('li'), grid, 'nothing'),
  'pad-roles': pad(withText('span', { role: 'button' }), grid, 'dots'),
  'pad-inputs': pad((id, glyph) => element(id, 'input', { type: 'button', value: glyph }), rows, 'field'),
  'pad-in-page': pad(withText('button'), inPage, 'field'),
  'pad-arabic': pad((id, glyph, index) => withText('div')(id, '١٢٣٤٥٦٧٨٩٠'[index] ?? '', index), grid, 'nothing'),
  'pad-shuffled': pad(withText('button'), rows, 'dots', true),
  'pad-shuffled-images': pad(imageKey, grid, 'field', true),
  'pad-images': pad(imageKey, grid, 'dots'),
  'pad-images-in-rows': pad(imageKey, rows, 'field'),
  'pad-images-in-cells': pad(imageKey, cells, 'dots'),
  'pad-images-in-page': pad(imageKey, inPage, 'field'),
  'pad-drawn': pad(
    (id, glyph) =>
      element(id, 'g', {}, [element(id + 2, 'rect', {}), element(id + 3, 'text', {}, [text(id + 1, glyph)])]),
    (keys, id) => [element(id, 'svg', {}, keys, { isSVG: true })],
    'nothing',
  ),
  'pad-words': pad((id, _glyph, index) => withText('button')(id, `${'abcdefghij'[index]}x`, index), grid, 'field'),
  'pad-empty': pad((id) => element(id, 'div', { class: 'k' }, []), grid, 'field'),
  'calendar-table': calendar(true),
  'calendar-flat': calendar(false),
  wheel: {
    elements: (base) => [
      element(base, 'div', {}, [field(base + 900)]),
      element(base + 1, 'aside', {}, [
        list(base + 2, 'ul', 'li', days),
        element(base + 91, 'button', {}, [text(base + 92, 'Done')]),
      ]),
    ],
    script: (base, { choice, msPerKey, pin }, at) => [
      ...[...pin].map((_, index) =>
        incremental(3, { id: base + 2, x: 0, y: 40 * choice + 7 * index }, at + 500 + index * (100 + msPerKey)),
      ),
      ...press(base + 91, 10, 10, at + 9000),
      fill(base + 900, days[choice] ?? '', at + 9005),
    ],
  },
  slider: {
    elements: (base) => [
      element(base, 'div', { class: 'track' }, [
        element(base + 1, 'div', { class: 'bar', style: 'width: 50%' }),
        element(base + 2, 'div', { role: 'slider', tabindex: '0', style: 'left: 50%' }),
      ]),
    ],
    script: (base, secret, at) => [
      ...drawOn(base + 2, secret, at, (index, when) => [
        attributes(base + 2, { style: { left: `${Number(secret.pin[index]) * 10}%` } }, when),
        attributes(base + 1, { style: { width: `${Number(secret.pin[index]) * 10}%` } }, when),
      ]),
      // A script sets the end position when the pointer has left.
      attributes(base + 1, { style: { width: `${Number(secret.pin[0]) * 10}%` } }, at + 19_950),
    ],
  },
  'own-slider': {
    elements: (base) => [
      element(base, 'div', {}, [field(base + 900)]),
      element(base + 1, 'section', {}, [element(base + 2, 'div', { class: 'handle' })]),
    ],
    script: (base, secret, at) =>
      drawOn(base + 2, secret, at, (index, when) => [fill(base + 900, secret.pin.slice(index, index + 1), when)]),
  },
  'drop-down': {
    elements: (base) => [
      element(base, 'div', {}, [element(base + 1, 'div', {}, [text(base + 2, 'Choose')])]),
      element(base + 3, 'div', {}, [list(base + 4, 'ul', 'li', ['Small', 'Medium', 'Large', 'Other'])]),
    ],
    script: (base, { choice, msPerKey }, at) => {
      const when = at + 1000 + msPerKey;
      return [
        ...press(base + 1, 8, 8, at + 500),
        ...press(base + 5 + 2 * choice, 8, 30 + 20 * choice, when),
        mutation({ texts: [{ id: base + 2, value: ['Small', 'Medium', 'Large', 'Other'][choice] }] }, when + 4),
      ];
    },
  },
  'list-button': {
    elements: (base) => [
      element(base, 'button', { 'aria-haspopup': 'listbox' }, [text(base + 1, 'Small')]),
      element(base + 2, 'button', { role: 'combobox' }, [text(base + 3, 'Small')]),
    ],
    script: (base, { choice, msPerKey }, at) =>
      [1, 3].map((id) =>
        mutation(
          { texts: [{ id: base + id, value: ['Small', 'Medium', 'Large', 'Other'][choice] }] },
          at + 500 + msPerKey * id,
        ),
      ),
  },
  rating: {
    elements: (base) => [
      element(
        base,
        'div',
        { class: 'rating' },
        [0, 1, 2, 3, 4].map((index) => element(base + 1 + index, 'i', { class: 'star' })),
      ),
      list(base + 10, 'p', 'span', ['☆', '☆', '☆', '☆', '☆']),
    ],
    script: (base, { choice, msPerKey }, at) => {
      const when = at + 500 + msPerKey;
      return [
        ...press(base + 1 + choice, 20 * choice, 9, when),
        ...Array.from({ length: choice + 1 }, (_, index) =>
          attributes(base + 1 + index, { class: 'star on' }, when + 2),
        ),
        ...press(base + 11 + 2 * choice, 20 * choice, 30, when + 900),
        mutation(
          { texts: Array.from({ length: choice + 1 }, (_, index) => ({ id: base + 12 + 2 * index, value: '★' })) },
          when + 902,
        ),
        // The page draws the choice again when the user is elsewhere.
        attributes(base + 1 + choice, { class: 'star on last' }, at + 19_950),
      ];
    },
  },
  toggle: {
    elements: (base) => [
      element(base, 'div', { role: 'checkbox', tabindex: '0', class: 'box' }, [
        element(base + 1, 'i', { class: 'tick' }),
      ]),
      element(base + 2, 'button', { role: 'switch' }, [element(base + 3, 'i', { style: 'left: 0px' })]),
    ],
    script: (base, { choice, msPerKey }, at) => [
      ...Array.from({ length: choice + 1 }, (_, index) => [
        ...press(base, 5 + index, 5, at + 500 + index * (100 + msPerKey)),
        attributes(
          base,
          { class: index % 2 === 0 ? 'box on' : 'box', 'aria-checked': String(index % 2 === 0) },
          at + 501 + index * (100 + msPerKey),
        ),
      ]).flat(),
      ...press(base + 2, 5, 50, at + 4000),
      attributes(base + 3, { style: { left: `${choice * 9}px` } }, at + 19_950),
    ],
  },
  'built-later': {
    elements: (base) => [
      list(base, 'div', 'p', ['', '', '', '']),
      element(
        base + 20,
        'div',
        {},
        [0, 1, 2, 3].map((index) => element(base + 21 + index, 'div', { role: 'radio', tabindex: '0' })),
      ),
      element(base + 30, 'div', { class: 'ui-slider' }),
    ],
    script: (base, { choice, msPerKey, pin }, at) => {
      const when = at + 1000 + msPerKey;
      const add = (parentId: number, id: number, tag: string, own: object = {}): object => ({
        parentId,
        nextId: null,
        node: element(id, tag, own),
      });
      return [
        // The page builds its widgets, draws what was chosen, and builds more when the user is elsewhere.
        mutation({ adds: [0, 1, 2, 3].map((index) => add(base + 21 + index, base + 40 + index, 'i')) }, at + 100),
        mutation({ adds: [add(base + 30, base + 50, 'span', { role: 'slider' })] }, at + 150),
        ...press(base + 21 + choice, 9, 20 * choice, when),
        mutation({ adds: [add(base + 21 + choice, base + 60, 'svg', { class: 'dot' })] }, when + 2),
        ...press(base + 50, 9, 200, at + 4000),
        mutation({ adds: [add(base + 30, base + 61, `tip-${pin.slice(0, 1)}`)] }, at + 4002),
        mutation({ adds: [0, 1, 2, 3].map((index) => add(base + 21 + index, base + 70 + index, 'b')) }, at + 19_950),
      ];
    },
  },
  signature: {
    elements: (base) => [element(base, 'div', {}, [element(base + 1, 'canvas', { width: '300', height: '100' })])],
    script: (base, secret, at) =>
      drawOn(base + 1, secret, at, (index, when) => [
        incremental(9, { id: base + 1, type: 0, commands: [{ property: 'lineTo', args: [index, 7] }] }, when),
      ]),
  },
  'stacked-canvases': {
    elements: (base) => [
      element(base, 'div', { class: 'wrap' }, [
        element(base + 1, 'canvas', {}),
        element(base + 2, 'canvas', {}),
        element(base + 3, 'div', { class: 'over' }),
      ]),
    ],
    script: (base, secret, at) =>
      drags(secret, at + 300).flatMap(([x, y, when], index) => [
        moveTo(base + (index % 4), x, y, when),
        moveTo(base + 1 + (index % 3), x, y, when + 1, 6),
        act(2, base + (index % 4), when + 2, { x, y }),
      ]),
  },
  'lock-pattern': {
    elements: (base) => [
      element(
        base,
        'svg',
        {},
        Array.from({ length: 9 }, (_, dot) =>
          element(base + 1 + dot, 'circle', {
            cx: String(50 + 100 * (dot % 3)),
            cy: String(50 + 100 * Math.floor(dot / 3)),
            r: '9',
          }),
        ),
        { isSVG: true },
      ),
      element(
        base + 20,
        'div',
        {},
        [0, 1, 2].map((row) =>
          element(
            base + 21 + row,
            'div',
            {},
            [0, 1, 2].map((column) => element(base + 30 + 3 * row + column, 'b', {})),
          ),
        ),
      ),
    ],
    script: (base, { pin, msPerKey }, at) =>
      [...pin].flatMap((digit, index) => {
        const dot = Number(digit) % 9;
        const when = at + 300 + index * msPerKey;
        return [
          moveTo(base + 1 + dot, 50 + 100 * (dot % 3), 50 + 100 * Math.floor(dot / 3), when),
          attributes(base + 1 + dot, { class: 'hit' }, when + 1),
          mutation(
            {
              adds: [{ parentId: base, nextId: null, node: element(base + 100 + index, 'line', { x1: String(dot) }) }],
            },
            when + 2,
          ),
          moveTo(base + 30 + dot, 40 * dot, 400, when + 3, 6),
        ];
      }),
  },
  'drawn-svg': {
    elements: (base) => [
      element(base, 'svg', {}, [element(base + 1, 'path', { d: '' }, [], { isSVG: true })], { isSVG: true }),
    ],
    script: (base, secret, at) =>
      drawOn(base, secret, at, (index, when) => [
        attributes(
          base + 1,
          {
            d: `M0 0${drags(secret, 0)
              .slice(0, index + 1)
              .map(([x, y]) => `L${x} ${y}`)
              .join('')}`,
          },
          when,
        ),
      ]),
  },
};
