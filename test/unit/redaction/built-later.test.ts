import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { DomModel, type ModelNode } from '../../../src-main/core/recording/model/dom-model';
import { createEntityCollector } from '../../../src-main/core/redaction/entities';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { createRedactor } from '../../../src-main/core/redaction/redact';
import { toSession } from '../../helpers/redacted-session';
import { element, incremental, mutation, snapshot, startedAt, text } from './small-page';

/** The widget is node 10, and the page builds node 20 and its content in it. */
const widgets: Record<string, object> = {
  rating: element(10, 'own-rating', { class: 'rating' }, [], { isShadowHost: true }),
  'rating with places': element(10, 'div', { class: 'rating' }, [
    element(11, 'i', { class: 'star' }),
    element(12, 'i', { class: 'star' }),
    element(13, 'i', { class: 'star' }),
  ]),
  slider: element(10, 'div', { class: 'ui-slider' }),
  'slider with a role': element(10, 'div', { role: 'slider' }),
  toggle: element(10, 'button', { role: 'switch', 'aria-checked': 'false' }),
  radio: element(10, 'div', { role: 'radio', 'aria-checked': 'false' }),
};

const add = (parentId: number, node: object): object => ({ parentId, nextId: null, node });
const stars = [0, 1, 2, 3, 4].map((index) => add(20, element(30 + index, 'i', { class: 'star' })));

/** The page builds the widget in three steps: a part of it, an icon in that part, and an icon in this one. */
const building = (): RecordedEvent[] => [
  mutation(
    {
      attributes: [{ id: 10, attributes: { 'data-ready': '', tabindex: '0' } }],
      adds: [add(10, element(20, 'span', { class: 'rating' })), ...stars, add(10, text(19, '  '))],
    },
    1000,
  ),
  mutation({ adds: [add(30, element(40, 'own-icon'))], removes: [{ parentId: 10, id: 19 }] }, 1001),
  mutation({ adds: [add(40, element(41, 'svg', {}, [], { isSVG: true }))] }, 1002),
];
const built = [20, 30, 34, 40, 41];

/** Returns which of the given nodes the redacted page shows in the end. */
function shown(widget: object, events: readonly RecordedEvent[], ids: readonly number[]): number[] {
  const page = new DomModel();
  const session = toSession([snapshot([element(5, 'section', {}, [widget, element(6, 'p')])]), ...events]);
  const collector = createEntityCollector();
  for (const event of session) collector.add(event);
  const redactor = createRedactor(findPolicy('private-by-default'), { startedAt, entities: collector.finish() });
  for (const { event } of session.flatMap((each) => redactor.redact(each))) page.apply(event);
  const isShown = (node: ModelNode | undefined): boolean =>
    node !== undefined && (node === page.root || isShown(node.parent));
  return ids.filter((id) => isShown(page.get(id)));
}

const uses: Record<string, (id: number, afterMs: number) => RecordedEvent> = {
  click: (id, afterMs) => incremental(2, { type: 2, id, x: 1, y: 1 }, afterMs),
  focus: (id, afterMs) => incremental(2, { type: 5, id }, afterMs),
  touch: (id, afterMs) => incremental(2, { type: 7, id, x: 1, y: 1 }, afterMs),
  'pointer movement': (id, afterMs) => incremental(1, { positions: [{ id, x: 1, y: 1, timeOffset: 0 }] }, afterMs),
};

describe.each(Object.entries(widgets))('a page that builds a %s later', (name, widget) => {
  it('shows what it built, and later changes of other parts', () => {
    const elsewhere = incremental(2, { type: 2, id: 6, x: 1, y: 1 }, 900);
    expect(shown(widget, [elsewhere, ...building()], built)).toEqual(built);
  });

  it.each(Object.entries(uses))('shows nothing that it adds after a %s (control)', (_use, use) => {
    // An empty element isn't a rating yet.
    if (name !== 'rating') expect(shown(widget, [use(10, 900), ...building()], built)).toEqual([]);
    const marked = mutation({ adds: [add(20, element(50, 'b'))] }, 3000);
    expect(shown(widget, [...building(), use(20, 2000), marked], [20, 50])).toEqual([20]);
  });

  it('shows nothing that it adds when its state changed', () => {
    const changes: Parameters<typeof mutation>[0][] = [
      { attributes: [{ id: 30, attributes: { class: 'star on' } }] },
      { removes: [{ parentId: 20, id: 34 }] },
      { removes: [{ parentId: 20, id: 34 }], attributes: [{ id: 10, attributes: { 'aria-valuenow': '4' } }] },
    ];
    for (const change of changes) {
      const marked = mutation({ ...change, adds: [add(20, element(50, 'b'))] }, 3000);
      expect(shown(widget, [...building(), marked], [20, 34, 50])).toEqual([20, 34]);
    }
  });

  it('shows no widget that the page removed before anyone was in it', () => {
    const removed = mutation({ removes: [{ parentId: 5, id: 10 }] }, 3000);
    expect(shown(widget, [...building(), removed], [5, 10, 20])).toEqual([5]);
  });
});

describe('a group of places that a page builds later', () => {
  it('takes no more content from the moment the user is in one of them', () => {
    const radio = (id: number): object => element(id, 'div', { role: 'radio' });
    const group = element(10, 'div', {}, [radio(11), radio(12)]);
    const more = mutation({ adds: [add(11, element(20, 'i')), add(12, element(21, 'i'))] }, 2000);
    expect(shown(group, [more], [20, 21])).toEqual([20, 21]);
    expect(shown(group, [incremental(2, { type: 2, id: 12, x: 1, y: 1 }), more], [20, 21])).toEqual([]);
  });
});

describe('a table with headers that sort', () => {
  const cell = (tag: string, id: number, own: object): object => element(id, tag, own, [text(id + 100, `Name ${id}`)]);
  const table = (tag: string, own: object): object =>
    element(10, 'table', {}, [
      element(11, 'thead', {}, [
        element(
          12,
          'tr',
          {},
          [20, 21, 22, 23].map((id) => cell(tag, id, own)),
        ),
      ]),
    ]);
  const events = [
    incremental(2, { type: 2, id: 21, x: 1, y: 1 }, 1000),
    incremental(5, { id: 60, text: '10', isChecked: false }, 1400),
  ];
  const headers = (tag: string, own: object): number[] => {
    const field = element(60, 'input', { value: '25' });
    return shown(element(9, 'div', {}, [field, table(tag, own)]), events, [20, 21, 22, 23]);
  };

  it('keeps them when a field changes after a click on one', () => {
    expect(headers('th', { class: 'sorting' })).toEqual([20, 21, 22, 23]);
    expect(headers('th', { 'aria-sort': 'none' })).toEqual([20, 21, 22, 23]);
    expect(headers('div', { role: 'columnheader', 'aria-sort': 'none' })).toEqual([20, 21, 22, 23]);
  });

  it('hides places that fill a field and are no such headers (control)', () => {
    expect(headers('td', { class: 'sorting' })).toEqual([]);
    expect(headers('th', {})).toEqual([]);
  });
});
