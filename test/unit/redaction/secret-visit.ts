import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import type { SeededRandom } from '../../helpers/seeded-random';
import { pickerShapes } from './picker-visit';
import { element, incremental, mutation, snapshot, startedAt, text } from './small-page';

/** The ways in which pages accept private input, and the side channels that they open. */
const fieldShapes = [
  'field',
  'mirrored',
  'textarea',
  'editor',
  'focused-editor',
  'surroundings',
  'brand',
  'meter',
  'proposals',
  'keypad',
  'boxes',
  'choice',
  'own-mask',
  'masked-region',
  'platform',
  'echoes',
] as const;
type FieldShape = (typeof fieldShapes)[number];
/** A shape of a field, or the name of a picker. */
export type Shape = string;
const pickerNames = Object.keys(pickerShapes);
export const shapes: readonly Shape[] = [...fieldShapes, ...pickerNames];

/** The ids of a picker's elements start here. */
const pickerBase = (name: string): number => 5_000_000 + 1000 * pickerNames.indexOf(name);

/** The differences between two visits: the secret and the way of entering it. The type of the secret is always the same. */
export interface Secret {
  /** Lower-case letters that don't occur in any page of the test. */
  value: string;
  pin: string;
  /** Text that is typed first and then deleted. */
  draft: string;
  msPerKey: number;
  /** The number of clicks into the field that move the caret. */
  caretClicks: number;
  choice: number;
}

/** Returns a random integer. Both bounds are included. */
const between = (random: SeededRandom, least: number, most: number): number => least + random.below(most - least + 1);

const letters = 'bcdfghjkmnpqrstvwxz';

export function drawSecret(random: SeededRandom): Secret {
  const word = (least: number, most: number): string =>
    Array.from({ length: between(random, least, most) }, () => random.pick([...letters])).join('');
  return {
    value: word(1, 16),
    pin: Array.from({ length: between(random, 4, 8) }, () => String(between(random, 0, 9))).join(''),
    draft: between(random, 0, 1) === 0 ? '' : word(1, 9),
    msPerKey: between(random, 5, 300),
    caretClicks: between(random, 0, 4),
    choice: between(random, 0, 3),
  };
}

const [pageField, pageArea, pageEditor, strength, bar, brand, uploaded, radios, keypad, display, popup, own, masked] = [
  100, 110, 120, 130, 131, 140, 150, 160, 200, 230, 300, 400, 410,
] as const;
const boxes = [500, 501, 502, 503, 504, 505];
/** The element under the pointer and with the focus between two fields. */
const elsewhere = 90;
const spanMs = 20_000;

/** `parts`: the pickers that the page has. Fields are on every page. */
function page(parts: readonly Shape[]): RecordedEvent {
  return snapshot([
    element(elsewhere, 'main', {}, [
      element(91, 'p', {}, [text(92, 'Welcome')]),
      element(93, 'button', {}, [text(94, 'Next')]),
    ]),
    element(10, 'form', {}, [
      element(11, 'div', {}, [
        element(pageField, 'input', { type: 'text', name: 'full-name', value: '' }),
        element(strength, 'div', { class: 'meter-of-field' }, [element(bar, 'i', { class: 'none' })]),
        element(132, 'small', {}, [text(133, 'Required')]),
      ]),
      element(12, 'div', {}, [element(pageArea, 'textarea', {}, [text(111, '')])]),
    ]),
    element(13, 'section', {}, [element(pageEditor, 'div', { contenteditable: 'true' }, [])]),
    element(14, 'section', {}, [element(brand, 'span', { class: 'card card-none' })]),
    element(15, 'section', {}, [
      element(149, 'div', { role: 'progressbar' }, [element(uploaded, 'div', { style: 'width: 0%' })]),
    ]),
    element(16, 'section', {}, [
      element(
        159,
        'fieldset',
        {},
        [0, 1, 2, 3].map((index) =>
          element(radios + 10 * index, 'label', {}, [
            element(radios + 10 * index + 1, 'input', { type: 'radio', name: 'answer', value: `v${index}` }),
            text(radios + 10 * index + 2, 'Option'),
          ]),
        ),
      ),
    ]),
    element(17, 'section', {}, [
      element(display, 'div', { class: 'display' }),
      element(
        keypad,
        'div',
        { class: 'pad' },
        [...'1234567890'].map((glyph, index) =>
          element(keypad + 1 + 2 * index, 'button', {}, [text(keypad + 2 + 2 * index, glyph)]),
        ),
      ),
    ]),
    element(18, 'section', {}, [element(own, 'p', {}, [text(own + 1, 'None')])]),
    element(19, 'section', {}, [element(masked, 'div', { class: 'private' }, [text(masked + 1, 'None')])]),
    element(
      20,
      'div',
      {},
      boxes.map((id) => element(id, 'input', { type: 'text', maxlength: '1' })),
    ),
    ...parts.flatMap((part) => pickerShapes[part]?.elements(pickerBase(part)) ?? []),
  ]);
}

const attributes = (id: number, changed: object, at: number): RecordedEvent =>
  mutation({ attributes: [{ id, attributes: changed }] }, at);
const act = (type: number, id: number, at: number, place: object = {}): RecordedEvent =>
  incremental(2, { type, id, ...place }, at);

/** Returns the field's text after each key: the draft is typed and deleted, then the value is typed. */
function steps({ value, draft }: Secret): string[] {
  const typed = (word: string): string[] => [...word].map((_, index) => word.slice(0, index + 1));
  return [...typed(draft), ...typed(draft).reverse().slice(1), ...(draft === '' ? [] : ['']), ...typed(value)];
}

/** For each part of the page, the events from entering its field to leaving it. */
const scripts: Record<FieldShape, (secret: Secret, at: number) => RecordedEvent[]> = {
  field: (secret, at) => typing(pageField, secret, at, () => []),
  /** As some recorders write it: without focus events, and the page's own update first. */
  mirrored: (secret, at) =>
    steps(secret).flatMap((typed, index) => {
      const when = at + 100 + (index + 1) * secret.msPerKey;
      return [
        attributes(pageField, { value: typed }, when),
        incremental(5, { id: pageField, text: typed, isChecked: false }, when + 1),
      ];
    }),
  textarea: (secret, at) =>
    typing(pageArea, secret, at, (typed, when) => [mutation({ texts: [{ id: 111, value: typed }] }, when)]),
  editor(secret, at) {
    const keys = steps(secret).map((typed, index) => {
      const when = at + 100 + (index + 1) * secret.msPerKey;
      if (index > 0) return mutation({ texts: [{ id: 40_001 + at, value: typed }] }, when);
      const paragraph = element(40_000 + at, 'p', {}, []);
      return mutation(
        {
          adds: [
            { parentId: pageEditor, nextId: null, node: paragraph },
            { parentId: 40_000 + at, nextId: null, node: text(40_001 + at, typed) },
          ],
        },
        when,
      );
    });
    return [...keys, ...caret(pageEditor, secret, at), act(6, pageEditor, at + spanMs - 500)];
  },
  'focused-editor': (secret, at) => [...arrive(pageEditor, at), ...scripts.editor(secret, at)],
  surroundings: (secret, at) =>
    typing(pageField, secret, at, (typed, when, index) => [
      attributes(bar, { class: `level-${typed.length}`, style: `width: ${typed.length * 5}%` }, when),
      mutation(
        {
          texts: [{ id: 133, value: typed.length < 6 ? 'Invalid' : 'Valid' }],
          adds: [{ parentId: strength, nextId: null, node: element(1000 + Math.round(at) + index, 'b', {}) }],
        },
        when,
      ),
    ]),
  brand: (secret, at) =>
    typing(pageField, secret, at, (typed, when) => [
      attributes(brand, { class: `card card-${typed.length % 2 === 0 ? 'visa' : 'mastercard'}` }, when),
    ]),
  meter: (secret, at) =>
    typing(pageField, secret, at, (typed, when) => [
      attributes(uploaded, { style: `width: ${typed.length}%`, 'aria-valuenow': String(typed.length) }, when),
    ]),
  proposals: (secret, at) =>
    typing(pageField, secret, at, (typed, when, index) => {
      const list = popup + index;
      const options = [...typed].map((letter, option) =>
        element(20_000 + index * 50 + option * 2, 'li', { role: 'option' }, [
          text(20_001 + index * 50 + option * 2, letter),
        ]),
      );
      const removes = index === 0 ? [] : [{ parentId: 3, id: list - 1 }];
      const node = element(list, 'ul', { role: 'listbox' }, options);
      return [mutation({ removes, adds: [{ parentId: 3, nextId: null, node }] }, when)];
    }),
  keypad: ({ pin, msPerKey }, at) => [
    ...[...pin].flatMap((digit, index) => {
      const key = keypad + 1 + 2 * '1234567890'.indexOf(digit);
      const when = at + 100 + (index + 1) * msPerKey;
      const bullet = element(30_000 + Math.round(at) + index, 'i', {}, [text(60_000 + Math.round(at) + index, '•')]);
      return [
        act(1, key, when, { x: key, y: 5 }),
        act(0, key, when, { x: key, y: 5 }),
        act(2, key, when, { x: key, y: 5 }),
        incremental(1, { positions: [{ x: key, y: 6, id: key, timeOffset: 0 }] }, when),
        mutation({ adds: [{ parentId: display, nextId: null, node: bullet }] }, when),
      ];
    }),
  ],
  boxes: ({ pin, msPerKey }, at) =>
    [...pin.slice(0, 6)].flatMap((digit, index) => {
      const box = boxes[index] ?? 0;
      const when = at + 100 + (index + 1) * msPerKey;
      return [
        act(5, box, when),
        incremental(5, { id: box, text: digit, isChecked: false }, when + 1),
        act(6, box, when + 2),
      ];
    }),
  choice: ({ choice }, at) => {
    const label = radios + 10 * choice;
    return [
      act(2, label, at + 500, { x: 10, y: choice * 20 }),
      incremental(5, { id: label + 1, text: `v${choice}`, isChecked: true }, at + 501),
    ];
  },
  'own-mask': ({ value }, at) => [
    mutation({ texts: [{ id: own + 1, value: '•'.repeat(value.length + 2) }] }, at + spanMs - 400),
  ],
  'masked-region': ({ value, choice }, at) => [
    mutation({ texts: [{ id: masked + 1, value: `${value}zzzzzzzzzzzzzzzzz` }] }, at + 1000),
    attributes(
      masked,
      { class: `private s${choice}`, style: `width: ${choice}px`, title: `${value}zzzzzzzzzzzzzzzzz` },
      at + 1001,
    ),
    act(2, masked, at + 1002, { x: choice, y: 7 }),
    incremental(3, { id: masked, x: 0, y: choice + 1 }, at + 1003),
  ],
  /** As Sentry records it: a breadcrumb for keys, copying and clicks in the field. */
  platform: (secret, at) => [
    ...typing(pageField, secret, at, (typed, when, index) => [
      breadcrumb('ui.input', { nodeId: pageField }, when + 1),
      ...(index % 3 === 1 ? [breadcrumb('ui.keyDown', { key: 'c', ctrlKey: true }, when + 2)] : []),
      ...(typed.length % 4 === 0 ? [breadcrumb('ui.keyDown', { key: 'v', nodeId: pageField }, when + 2)] : []),
    ]),
    ...Array.from({ length: secret.caretClicks }, (_, index) => {
      const when = at + 15_000 + index * 200;
      return [
        breadcrumb('ui.click', { node: { id: pageField, textContent: secret.value } }, when + 5),
        breadcrumb('ui.multiClick', { nodeId: pageField, clickCount: index + 2 }, when + 6),
      ];
    }).flat(),
  ],
  /** A field whose page searches, logs, measures and changes its address for each key; the last answers arrive late. */
  echoes: (secret, at) => [
    ...typing(pageField, secret, at, (typed, when) => [
      call('https://api.shop.test/search', typed, when + 8),
      call('https://api.shop.test/search', typed, at + spanMs - 400),
      event({ tag: '$autocapture', payload: {} }, when + 2),
      event({ tag: '$url_changed', payload: { href: `https://shop.test/checkout?q=${typed}` } }, when + 3),
      logged(`value ${typed}`, when + 4),
    ]),
  ],
};

const event = (data: object, at: number): RecordedEvent => ({ type: 5, data, timestamp: startedAt + at });

function logged(text: string, at: number): RecordedEvent {
  const payload = { level: 'error', trace: [], payload: [JSON.stringify(text)] };
  return { type: 6, data: { plugin: 'rrweb/console@1', payload }, timestamp: startedAt + at };
}

function call(address: string, typed: string, at: number): RecordedEvent {
  const request = { name: `${address}?q=${typed}`, method: 'GET', status: 500, entryType: 'resource', duration: 31 };
  return {
    type: 6,
    data: { plugin: 'rrweb/network@1', payload: { requests: [{ ...request, timestamp: startedAt + at }] } },
    timestamp: startedAt + at,
  };
}

function breadcrumb(category: string, data: object, at: number): RecordedEvent {
  const timestamp = startedAt + at;
  return {
    type: 5,
    data: { tag: 'breadcrumb', payload: { timestamp: timestamp / 1000, type: 'default', category, data } },
    timestamp,
  };
}

function arrive(id: number, at: number): RecordedEvent[] {
  return [
    act(1, id, at, { x: 4, y: 4 }),
    act(5, id, at + 1),
    act(0, id, at + 2, { x: 4, y: 4 }),
    act(2, id, at + 3, { x: 4, y: 4 }),
  ];
}

/** Moves the caret: clicks, pointer positions over the field, scrolling and selections. */
function caret(id: number, { caretClicks, value }: Secret, at: number): RecordedEvent[] {
  return Array.from({ length: caretClicks }, (_, index) => {
    const when = at + 15_000 + index * 200;
    return [
      act(1, id, when, { x: 10 + index, y: 4 }),
      act(2, id, when + 1, { x: 10 + index, y: 4 }),
      incremental(1, { positions: [{ x: 10 + value.length, y: 4, id, timeOffset: -20 }] }, when + 2),
      incremental(3, { id, x: value.length, y: 0 }, when + 3),
      incremental(14, { ranges: [{ start: id, startOffset: index, end: id, endOffset: value.length }] }, when + 4),
    ];
  }).flat();
}

function typing(
  id: number,
  secret: Secret,
  at: number,
  beside: (typed: string, when: number, index: number) => RecordedEvent[],
): RecordedEvent[] {
  const keys = steps(secret).flatMap((typed, index) => {
    const when = at + 100 + (index + 1) * secret.msPerKey;
    return [
      incremental(5, { id, text: typed, isChecked: false, userTriggered: true }, when),
      ...beside(typed, when, index),
    ];
  });
  return [...arrive(id, at), ...keys, ...caret(id, secret, at), act(6, id, at + spanMs - 500)];
}

function isFieldShape(part: Shape): part is FieldShape {
  return Object.hasOwn(scripts, part);
}

function scriptOf(part: Shape, secret: Secret, at: number): RecordedEvent[] {
  if (isFieldShape(part)) return scripts[part](secret, at);
  return pickerShapes[part]?.script(pickerBase(part), secret, at) ?? [];
}

/** Returns a visit to some parts of the page. Events elsewhere are the same for every secret. */
export function visit(parts: readonly Shape[], secret: Secret): RecordedEvent[] {
  const scenes = parts.flatMap((part, index) => {
    const at = 1000 + index * spanMs;
    return [
      ...scriptOf(part, secret, at),
      // The page changes on its own, and the user moves to another element.
      attributes(91, { title: index % 2 === 0 ? 'Loading' : 'Loaded' }, at + 7000),
      incremental(1, { positions: [{ x: 300 + index, y: 300, id: elsewhere, timeOffset: 0 }] }, at + 8000),
      act(2, 93, at + spanMs - 100, { x: 310, y: 310 }),
    ];
  });
  return [
    { type: 4, data: { href: 'https://shop.test/checkout', width: 800, height: 600 }, timestamp: startedAt },
    page([...new Set(parts)]),
    ...scenes.sort((a, b) => a.timestamp - b.timestamp),
  ];
}
