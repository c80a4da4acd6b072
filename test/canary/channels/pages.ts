import { element, text } from '../../unit/redaction/small-page';
import { bodyId, click, holding, incremental, mutation, type Channel } from './planted';

/** Content of pages. */
export const pageChannels: readonly Channel[] = [
  {
    id: 'C07',
    what: 'texts of pages',
    plant(written, id) {
      const button = id();
      return {
        body: [
          element(button, 'button', {}, [text(id(), written)]),
          element(id(), 'label', {}, [text(id(), `Order for ${written} please`)]),
          element(id(), 'h1', {}, [text(id(), written)]),
        ],
        events: [click(button)],
      };
    },
  },
  {
    id: 'C09',
    what: 'changed texts',
    plant(written, id) {
      const [toast, line] = [id(), id()];
      return {
        body: [element(toast, 'button', { 'aria-live': 'polite' }, [text(line, 'Order')])],
        events: [
          mutation({
            texts: [
              { id: line, value: written },
              { id: 999_999_999, value: written },
            ],
          }),
          click(toast),
        ],
      };
    },
  },
  {
    id: 'C10',
    what: 'added nodes',
    plant(written, id) {
      const added = id();
      const node = element(added, 'button', { title: written, 'data-name': written }, [holding(id, 'b', written)]);
      return {
        events: [
          mutation({
            adds: [
              { parentId: bodyId, nextId: null, node },
              { parentId: 999_999_998, nextId: null, node: text(id(), written) },
            ],
          }),
          click(added),
        ],
      };
    },
  },
  {
    id: 'C22',
    what: 'frames',
    plant(written, id) {
      const frame = id();
      const root = id();
      const page = {
        type: 0,
        id: root,
        rootId: root,
        childNodes: [element(id(), 'html', {}, [holding(id, 'button', written, { title: written })])],
      };
      return {
        body: [
          element(frame, 'iframe', {
            srcdoc: `<p>${written}</p>`,
            src: `https://frame.test/${written}`,
            name: written,
          }),
        ],
        events: [
          incremental(0, {
            isAttachIframe: true,
            texts: [],
            attributes: [],
            removes: [],
            adds: [{ parentId: frame, nextId: null, node: page }],
          }),
        ],
      };
    },
  },
  {
    id: 'C23',
    what: 'shadow roots and templates',
    plant: (written, id) => ({
      body: [
        element(
          id(),
          'x-card',
          { slot: written },
          [
            { ...element(id(), 'p', {}, [text(id(), written)]), isShadow: true },
            element(id(), 'slot', { name: written }, [text(id(), written)]),
          ],
          { isShadowHost: true },
        ),
        element(id(), 'template', { shadowrootmode: written }, [text(id(), written)]),
        holding(id, 'noscript', written),
      ],
    }),
  },
  {
    id: 'C27',
    what: 'comments, scripts and embedded server data',
    plant: (written, id) => ({
      body: [
        { type: 5, id: id(), textContent: written },
        { type: 4, id: id(), textContent: written },
        holding(id, 'script', JSON.stringify({ props: written }), {
          type: 'application/json',
          id: '__NEXT_DATA__',
          src: written,
        }),
        holding(id, 'script', written, { type: 'application/ld+json' }),
        holding(id, 'noscript', `<img alt="${written}">`),
      ],
    }),
  },
  {
    id: 'C28',
    what: 'heads of pages',
    plant: (written, id) => ({
      head: [
        holding(id, 'title', `Order ${written}`),
        ...['author', 'description', 'csrf-token'].map((name) => element(id(), 'meta', { name, content: written })),
        element(id(), 'meta', { property: 'og:title', content: written }),
        element(id(), 'link', { rel: 'canonical', href: `https://shop.test/${written}`, title: written }),
        element(id(), 'base', { href: `https://shop.test/${written}/` }),
      ],
    }),
  },
  {
    id: 'C29',
    what: 'drawings',
    plant: (written, id) => ({
      body: [
        element(
          id(),
          'svg',
          { 'aria-label': written },
          [
            holding(id, 'title', written),
            holding(id, 'desc', written),
            holding(id, 'text', written, { fill: written, 'font-family': written, filter: `url(#${written})` }),
            holding(id, 'textPath', written, { 'xlink:href': `#${written}` }),
            element(id(), 'foreignObject', {}, [holding(id, 'p', written)]),
            element(id(), 'use', { 'xlink:href': written }),
          ],
          { isSVG: true },
        ),
        element(id(), 'math', { alttext: written }, [holding(id, 'mi', written)]),
      ],
    }),
  },
  {
    id: 'C44',
    what: 'values split into pieces',
    plant(written, id) {
      const pieces = [...written];
      const [line, half, more] = [id(), id(), id()];
      const middle = Math.ceil(written.length / 2);
      const boxes = pieces.slice(0, 30).map((piece) => element(id(), 'input', { maxlength: '1', value: piece }));
      return {
        body: [
          element(
            id(),
            'p',
            {},
            pieces.map((piece) => holding(id, 'span', piece)),
          ),
          element(
            id(),
            'p',
            {},
            pieces.flatMap((piece) => [text(id(), piece), element(id(), 'wbr')]),
          ),
          element(line, 'p', {}, [text(half, written.slice(0, middle)), text(more, '')]),
          element(id(), 'div', {}, boxes),
        ],
        events: [
          mutation({ texts: [{ id: more, value: written.slice(middle) }] }),
          mutation({
            texts: [
              { id: half, value: written.slice(0, 1) },
              { id: more, value: written.slice(1) },
            ],
          }),
          click(line),
        ],
      };
    },
  },
];
