import { element, text } from '../../unit/redaction/small-page';
import { click, holding, incremental, mutation, type Channel } from './planted';

const typeInto = (id: number, value: string): { type: number; data: unknown } =>
  incremental(5, { id, text: value, isChecked: false });

/** Input by users, and the page's reactions to it. */
export const typingChannels: readonly Channel[] = [
  {
    id: 'C01',
    what: 'input events',
    plant(written, id) {
      const [field, box, hidden] = [id(), id(), id()];
      return {
        body: [
          element(field, 'input'),
          element(box, 'input', { type: 'checkbox', value: written }),
          element(hidden, 'input', { type: 'hidden' }),
        ],
        events: [
          click(field),
          typeInto(field, written.slice(0, -1)),
          typeInto(field, written),
          typeInto(field, ''),
          incremental(5, { id: box, text: written, isChecked: true }),
          typeInto(hidden, written),
        ],
      };
    },
  },
  {
    id: 'C08',
    what: 'values in attributes',
    plant(written, id) {
      const [field, late] = [id(), id()];
      return {
        body: [
          element(field, 'input', { value: written }),
          element(id(), 'input', { type: 'hidden', value: written }),
          element(id(), 'input', { type: 'submit', value: written }),
          element(id(), 'button', { value: written }),
          element(id(), 'textarea', { value: written }, [text(id(), written)]),
          element(id(), 'x-field', { value: written }),
          element(late, 'input', { type: 'text' }),
        ],
        events: [mutation({ attributes: [{ id: late, attributes: { value: written } }] }), click(field)],
      };
    },
  },
  {
    id: 'C30',
    what: 'options',
    plant(written, id) {
      const select = id();
      return {
        body: [
          element(select, 'select', { value: written }, [
            element(id(), 'optgroup', { label: written }, [
              element(id(), 'option', { value: written, label: written, selected: true }, [text(id(), written)]),
            ]),
          ]),
          element(id(), 'datalist', {}, [element(id(), 'option', { value: written }, [text(id(), written)])]),
        ],
        events: [typeInto(select, written)],
      };
    },
  },
  {
    id: 'C31',
    what: 'editors',
    plant(written, id) {
      const [editor, line, area] = [id(), id(), id()];
      return {
        body: [
          element(editor, 'div', { contenteditable: 'true' }, [text(line, '')]),
          element(area, 'div', { role: 'textbox' }, [holding(id, 'p', written)]),
        ],
        events: [
          click(editor),
          mutation({ texts: [{ id: line, value: written.slice(0, -1) }] }),
          mutation({ texts: [{ id: line, value: written }] }),
          mutation({ adds: [{ parentId: area, nextId: null, node: holding(id, 'p', written) }] }),
        ],
      };
    },
  },
  {
    id: 'C32',
    what: 'selections',
    plant(written, id) {
      const paragraph = id();
      return {
        body: [element(paragraph, 'p', {}, [text(id(), 'Order')])],
        events: [
          incremental(14, {
            ranges: [{ start: paragraph, startOffset: 0, end: paragraph, endOffset: written.length, text: written }],
            text: written,
          }),
        ],
      };
    },
  },
  {
    id: 'C36',
    what: 'length and rhythm of typing',
    plant(written, id) {
      const field = id();
      const steps = Array.from({ length: 4 }, (_, step) =>
        written.slice(0, Math.ceil((written.length * (step + 1)) / 4)),
      );
      return {
        body: [element(field, 'input', { type: 'password' })],
        events: steps.map((step) => typeInto(field, step)),
      };
    },
  },
  {
    id: 'C37',
    what: 'pointer positions over keypads and suggestions',
    plant(written, id) {
      const keys = Array.from({ length: 10 }, (_, digit) =>
        element(id(), 'button', { 'aria-label': written, title: written }, [text(id(), String(digit))]),
      );
      const [list, option] = [id(), id()];
      return {
        body: [
          element(id(), 'div', {}, keys),
          element(list, 'ul', { role: 'listbox' }, [
            element(option, 'li', { role: 'option', 'data-value': written }, [text(id(), written)]),
          ]),
        ],
        events: [
          click(option),
          incremental(1, { positions: [{ x: 1, y: 1, id: option, timeOffset: 0, over: written }] }),
        ],
      };
    },
  },
  {
    id: 'C38',
    what: 'states, sizes and meters',
    plant(written, id) {
      const bar = id();
      return {
        body: [
          element(bar, 'div', {
            class: `card-${written}`,
            role: 'progressbar',
            'aria-valuenow': written,
            'aria-valuetext': written,
            'aria-selected': written,
          }),
          element(id(), 'progress', { value: written, max: written }),
          element(id(), 'div', {
            class: written,
            rr_width: written,
            rr_height: `${written}px`,
            style: `width: ${written}`,
          }),
        ],
        events: [
          mutation({
            attributes: [{ id: bar, attributes: { class: `strength-${written}`, 'aria-valuenow': written } }],
          }),
          incremental(4, { width: written, height: written }),
          incremental(3, { id: bar, x: written, y: written }),
        ],
      };
    },
  },
];
