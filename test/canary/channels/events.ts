import { deflateSync, gzipSync } from 'node:zlib';
import { digestsOf } from '../encodings';
import { element, text } from '../../unit/redaction/small-page';
import { bodyId, click, holding, incremental, mutation, plugin, type Channel, type Planted } from './planted';

const network = (requests: object[]): { type: number; data: unknown } =>
  plugin('rrweb/network@1', { requests, isInitial: false });
const logged = (payload: unknown[], trace: string[] = []): { type: number; data: unknown } =>
  plugin('rrweb/console@1', { level: 'error', payload, trace });
const request = {
  name: 'https://api.shop.test/order',
  method: 'POST',
  status: 500,
  initiatorType: 'fetch',
  duration: 12,
};
const sent = (more: object): { type: number; data: unknown } => network([{ ...request, ...more }]);

/** Plants the value in every kind of field that the events of platforms have. */
function platformEvents(written: string): { type: number; data: unknown }[] {
  const crumb = (payload: object): object => ({
    tag: 'breadcrumb',
    payload: { type: written, level: written, ...payload },
  });
  const span = (payload: object): object => ({ tag: 'performanceSpan', payload });
  const address = `https://shop.test/${written}?q=${written}`;
  return [
    crumb({ category: written, message: written, data: { [written]: written } }),
    crumb({ category: 'console', level: 'error', message: written, data: { arguments: [written] } }),
    crumb({ category: 'navigation', data: { from: address, to: address } }),
    crumb({ category: 'xhr', data: { url: address, method: written, status_code: 500, response_body: written } }),
    crumb({ category: 'ui.keyDown', data: { key: written, ctrlKey: true } }),
    crumb({
      category: 'ui.slowClickDetected',
      message: written,
      data: { url: address, endReason: written, nodeId: 1, node: { id: 1, textContent: written } },
    }),
    crumb({ category: 'exception', message: written }),
    span({ op: written, description: written }),
    span({ op: 'navigation.push', description: address, data: { previous: written } }),
    span({ op: 'web-vital', description: written, data: { value: 9000, rating: written } }),
    { tag: '$url_changed', payload: { href: address, title: written } },
    { tag: '$exception', payload: { $exception_list: [{ type: written, value: written, stacktrace: written }] } },
    { tag: '$exception', payload: { properties: { $exception_type: written, $exception_message: written } } },
    { tag: 'window hidden', payload: { title: written } },
    { tag: 'options', payload: { dsn: written } },
    {
      tag: 'fetch-request',
      payload: {
        type: written,
        method: written,
        url: address,
        status: 500,
        error: { name: written, message: written },
      },
    },
  ].map((data) => ({ type: 5, data }));
}

/** Plants the value in several channels at once, such as a URL, a log entry and a text. */
function everywhere(written: string, id: () => number): Planted {
  const button = id();
  return {
    body: [
      element(button, 'button', { title: written, 'data-hash': written }, [text(id(), written)]),
      element(id(), 'img', { src: `https://avatars.test/${written}?d=404`, integrity: written }),
    ],
    events: [
      click(button),
      sent({
        name: `https://api.shop.test/${written}?h=${written}`,
        responseHeaders: { etag: written },
        responseBody: JSON.stringify({ h: written }),
      }),
      logged([JSON.stringify(written)]),
      { type: 5, data: { tag: 'identify', payload: { id: written } } },
    ],
  };
}

const invisibleCharacters = ['\u200d', '\u2060', '\u00ad', '\u202e', '\ufeff'];

/** Data besides pages: requests, logs and platforms' own events, also compressed. */
export const eventChannels: readonly Channel[] = [
  {
    id: 'C02',
    what: 'headers',
    plant(written) {
      const headers = Object.fromEntries(
        'authorization cookie set-cookie x-api-key proxy-authorization x-forwarded-for x-csrf-token content-type accept etag'
          .split(' ')
          .map((name) => [name, written]),
      );
      const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
      return {
        events: [
          sent({
            requestHeaders: { ...headers, authorization: `Bearer ${written}`, cookie: `sid=${written}; a=b` },
            responseHeaders: headers,
          }),
          sent({ requestHeaders: list, responseHeaders: list }),
        ],
      };
    },
  },
  {
    id: 'C03',
    what: 'bodies',
    plant(written) {
      const bodies: unknown[] = [
        JSON.stringify({ user: { name: written, tags: [written] }, [written]: 1 }),
        { variables: { input: written } },
        `name=${written}&x=1`,
        `--b\r\nContent-Disposition: form-data; name="a"; filename="${written}"\r\n\r\n${written}\r\n--b--`,
        `${JSON.stringify({ a: written })}\n${JSON.stringify({ b: written })}`,
        `event: message\ndata: ${written}\n\n`,
        written,
      ];
      return { events: bodies.map((body) => sent({ requestBody: body, responseBody: body })) };
    },
  },
  {
    id: 'C04',
    what: 'URLs of requests',
    plant: (written) => ({
      events: [
        network([
          { ...request, name: `https://api.shop.test/u/${written}/x?q=${written}#${written}` },
          {
            ...request,
            name: `https://api.shop.test/u/${encodeURIComponent(written)}?${encodeURIComponent(written)}=1`,
          },
          { ...request, name: `https://${written}:${written}@api.shop.test/` },
          { ...request, name: `https://${written.replace(/[^a-z0-9]/gi, '') || 'x'}.eu.shop.test/` },
          { ...request, name: written },
          { ...request, name: `data:text/plain,${written}` },
        ]),
      ],
    }),
  },
  {
    id: 'C05',
    what: 'logged values',
    plant: (written) => ({
      events: [
        logged([JSON.stringify(written), written, JSON.stringify({ user: { [written]: written, list: [written] } })]),
        logged([
          `${JSON.stringify({ a: written, b: 'long' }).slice(0, -3)}...`,
          JSON.stringify(JSON.stringify({ a: written })),
        ]),
        logged([`button#${written}.${written}[name="${written}"]`, { raw: written }]),
      ],
    }),
  },
  {
    id: 'C06',
    what: 'stack traces',
    plant: (written) => ({
      events: [
        logged(
          ['"Error"'],
          [
            `save (https://shop.test/app.js?u=${written}:1:2)`,
            `file:///Users/${written}/app/index.js:3:4`,
            `${written} (blob:https://shop.test/${written}:1:1)`,
            `at https://shop.test/${written}.js:1:1`,
          ],
        ),
      ],
    }),
  },
  {
    id: 'C11',
    what: 'URLs of pages',
    plant: (written) => ({
      events: [
        `https://shop.test/reset/${written}?code=${written}&state=${written}#${written}`,
        `https://${written}@shop.test/`,
        written,
      ].map((href) => ({
        type: 4,
        data: { href, width: 800, height: 600, title: written },
      })),
    }),
  },
  {
    id: 'C12',
    what: 'custom events',
    plant: (written) => ({
      events: [
        { type: 5, data: { tag: written, payload: { email: written } } },
        { type: 5, data: { tag: 'identify', payload: { email: written, traits: { [written]: written } } } },
        { type: 5, data: { tag: '$pageview', payload: { href: written } } },
        {
          type: 5,
          data: {
            tag: 'breadcrumb',
            payload: { type: 'default', category: 'console', message: written, data: { url: written, label: written } },
          },
        },
        {
          type: 5,
          data: {
            tag: 'performanceSpan',
            payload: { op: 'resource.fetch', description: written, data: { method: 'GET', statusCode: 500 } },
          },
        },
        ...platformEvents(written),
      ],
    }),
  },
  {
    id: 'C13',
    what: 'platform data around events',
    plant: (written) => ({
      envelope: {
        email: written,
        userId: written,
        distinct_id: written,
        $ip: written,
        referrer: written,
        org: { name: written },
      },
    }),
  },
  {
    id: 'C14',
    what: 'compressed events',
    plant(written, id) {
      const added = mutation({
        adds: [{ parentId: bodyId, nextId: null, node: holding(id, 'p', written, { title: written }) }],
      });
      const folded = {
        source: 0,
        texts: [],
        attributes: [],
        removes: [],
        adds: [{ parentId: bodyId, nextId: null, node: holding(id, 'p', written) }],
      };
      const packed = (value: unknown): string => gzipSync(JSON.stringify(value)).toString('latin1');
      return {
        events: [
          { type: -1, data: added },
          {
            ...mutation({}),
            type: 3,
            data: { ...folded, adds: packed(folded.adds), texts: packed([]) },
            cv: '2024-10',
          } as { type: number; data: unknown },
          { type: 3, data: { source: 0, adds: deflateSync(written).toString('latin1'), texts: written } },
        ],
      };
    },
  },
  {
    id: 'C16',
    what: 'canvas drawings',
    plant(written, id) {
      const canvas = id();
      return {
        body: [element(canvas, 'canvas')],
        events: [
          incremental(9, { id: canvas, type: 0, commands: [{ property: 'fillText', args: [written, 1, 1] }] }),
          incremental(9, { id: canvas, type: 0, property: 'strokeText', args: [written] }),
          incremental(9, {
            id: canvas,
            type: 1,
            commands: [
              {
                property: 'drawImage',
                args: [
                  {
                    rr_type: 'ImageBitmap',
                    args: [
                      {
                        rr_type: 'Blob',
                        data: [{ rr_type: 'ArrayBuffer', base64: Buffer.from(written).toString('base64') }],
                      },
                    ],
                  },
                ],
              },
            ],
          }),
        ],
      };
    },
  },
  {
    id: 'C17',
    what: 'assets',
    plant: (written) => ({
      events: [
        {
          type: 7,
          data: {
            url: `https://shop.test/${written}`,
            payload: { rr_type: 'CssText', cssTexts: [`.a{content:"${written}"}`] },
          },
        },
        { type: 7, data: { url: written, failed: { message: written } } },
      ],
    }),
  },
  {
    id: 'C18',
    what: 'unknown events, plugins and fields',
    plant(written, id) {
      const [odd, later] = [id(), id()];
      return {
        body: [element(odd, 'p', {}, [], { remark: written, rootId: written, isSVG: written })],
        events: [
          { type: 42, data: { note: written } },
          incremental(42, { note: written }),
          plugin('acme/feedback@1', { text: written }),
          plugin('rrweb/console@1', { level: written, payload: [], trace: [], source: written }),
          sent({ method: written, initiatorType: written, entryType: written, remark: written }),
          plugin(written, { text: written }),
          plugin('rrweb/sequential-id@1', { id: written }),
          mutation({ remarks: [written] } as object),
          mutation({
            adds: [
              {
                parentId: bodyId,
                nextId: null,
                previousId: written,
                node: element(later, 'p', {}, [], { remark: written }),
              },
            ],
          }),
          incremental(2, { type: 2, id: odd, x: 1, y: 1, target: written }),
        ],
      };
    },
  },
  {
    id: 'C33',
    what: 'annotations',
    plant: (written) => ({
      events: [
        { type: 8, data: { type: 'caption', text: written } },
        { type: 8, data: { type: 'timelineMarker', text: written, author: written } },
      ],
    }),
  },
  {
    id: 'C34',
    what: 'file names and titles of recordings',
    plant: (written) => ({ envelope: { title: written, fileName: `${written}.json`, path: `/home/${written}` } }),
  },
  {
    id: 'C35',
    what: 'keys',
    plant(written, id) {
      const tag = `x-${written}`;
      return {
        body: [element(id(), tag, { [`data-${written}`]: '1', class: `user-${written}` }, [text(id(), 'Order')])],
        events: [
          logged([JSON.stringify({ [written]: { balance: 1 } })]),
          sent({
            name: `https://api.shop.test/order?${encodeURIComponent(written)}=1`,
            requestHeaders: { [written]: 'x' },
            requestBody: JSON.stringify({ [written]: 1 }),
          }),
          { type: 5, data: { tag: written, payload: { [written]: { [written]: 1 } } } },
          incremental(16, { define: { name: tag } }),
        ],
      };
    },
  },
  {
    id: 'C39',
    what: 'numbers',
    plant(written) {
      const number = /^-?[\d.]+$/.test(written.replace(/[ ,€()-]/g, ''))
        ? Number(written.replace(/[^\d.]/g, ''))
        : written;
      return {
        events: [
          logged([JSON.stringify({ lat: number, balance: number }), JSON.stringify(number)]),
          sent({
            requestBody: JSON.stringify({ amount: number }),
            startTime: number,
            endTime: number,
            transferSize: number,
            status: number,
            responseStatus: number,
          }),
          {
            type: 5,
            data: { tag: 'position', payload: { lat: number, age: number, timezone: written, locale: written } },
          },
          {
            type: 5,
            data: {
              tag: 'breadcrumb',
              payload: {
                category: 'fetch',
                timestamp: number,
                data: { url: '/order', status_code: number, size: number },
              },
            },
          },
          {
            type: 5,
            data: {
              tag: 'performanceSpan',
              payload: {
                op: 'resource.img',
                description: '/order',
                startTimestamp: number,
                endTimestamp: number,
                data: { size: number, statusCode: number },
              },
            },
          },
          { type: 5, data: { tag: 'set_user', payload: { id: number } } },
          incremental(5, { id: bodyId, text: written, isChecked: number }),
        ],
      };
    },
  },
  { id: 'C41', what: 'hashes', plant: (written, id) => everywhere(digestsOf(written).join(' '), id) },
  {
    id: 'C42',
    what: 'nested encodings',
    plant: (written, id) => everywhere(Buffer.from(encodeURIComponent(written)).toString('base64'), id),
  },
  {
    id: 'C43',
    what: 'invisible characters',
    plant: (written, id) =>
      everywhere(
        [...written]
          .map((character, index) => character + (invisibleCharacters[index % invisibleCharacters.length] ?? ''))
          .join(''),
        id,
      ),
  },
];
