import type { RecordedEvent } from '../../src-main/contract/recorded-event';
import { locales, makeLabelled } from '../helpers/labelled-text';
import type { SeededRandom } from '../helpers/seeded-random';
import { element, startedAt, text } from '../unit/redaction/small-page';
import { makeValue, typeNames } from './value-types';

/** A generated session, and the private values in it that the gate searches for according to its documentation. */
export interface MadeSession {
  events: RecordedEvent[];
  originals: readonly string[];
}

/** A location for a value. `words`: the gate also searches for values from here that have neither a digit nor an `@`. */
interface Home {
  words: boolean;
  /** True if the gate searches for a single such word only as a complete text. */
  needsMore?: boolean;
  put: (value: string, page: Page) => void;
}

interface Page {
  body: object[];
  events: { type: number; data: unknown }[];
  id: () => number;
  random: SeededRandom;
}

const request = { name: 'https://api.harbor.test/order', method: 'POST', status: 200, initiatorType: 'fetch' };
const incremental = (source: number, data: object) => ({ type: 3, data: { source, ...data } });
const call = (more: object) => ({
  type: 6,
  data: { plugin: 'rrweb/network@1', payload: { requests: [{ ...request, ...more }] } },
});

function type(page: Page, id: number, value: string): void {
  const middle = 1 + page.random.below(value.length);
  for (const draft of [value.slice(0, middle), value])
    page.events.push(incremental(5, { id, text: draft, isChecked: false }));
  // A deleted value was typed all the same.
  if (page.random.below(3) === 0) page.events.push(incremental(5, { id, text: '', isChecked: false }));
}

const homes: readonly Home[] = [
  {
    words: true,
    put(value, page) {
      const id = page.id();
      page.body.push(element(id, 'input', { type: 'text' }));
      type(page, id, value);
    },
  },
  {
    words: true,
    put(value, page) {
      const id = page.id();
      page.body.push(element(id, 'input', { type: 'password' }));
      type(page, id, value);
    },
  },
  {
    words: true,
    put: (value, { body, id }) => body.push(element(id(), 'input', { type: 'text', value })),
  },
  {
    words: true,
    needsMore: true,
    put: (value, { body, id }) => body.push(element(id(), 'p', {}, [text(id(), value)])),
  },
  {
    words: true,
    put(value, { events, random }) {
      const key = random.pick(['name', 'customer', 'address', 'city', 'recipient', 'password']);
      events.push(call({ requestBody: JSON.stringify({ user: { [key]: value }, total: 2 }) }));
    },
  },
  {
    words: false,
    put: (value, { events }) => events.push(call({ responseBody: JSON.stringify({ rows: [{ note: value }] }) })),
  },
  {
    words: false,
    put: (value, { events }) =>
      events.push(call({ name: `${request.name}?contact=${encodeURIComponent(value)}&page=2` })),
  },
  {
    words: false,
    put: (value, { events }) =>
      events.push({
        type: 6,
        data: {
          plugin: 'rrweb/console@1',
          payload: { level: 'log', trace: [], payload: [JSON.stringify({ answer: value })] },
        },
      }),
  },
  {
    words: false,
    put: (value, { events }) => events.push({ type: 5, data: { tag: 'identify', payload: { contact: value } } }),
  },
];

/** Values that services create, and values that people choose themselves. */
const secrets = ['order number', 'api key', 'cloud key', 'session id', 'uuid', 'tax number', 'user name', 'password'];
const headers: readonly Home[] = [
  {
    words: false,
    put: (value, { events }) =>
      events.push(call({ requestHeaders: { authorization: `Bearer ${value}`, accept: '*/*' } })),
  },
  {
    words: false,
    put: (value, { events }) => events.push(call({ responseHeaders: { 'set-cookie': `sid=${value}; Path=/` } })),
  },
];

/** Returns whether the gate searches for a value only as a complete text: numbers under seven digits, words under five letters. */
function isShort(value: string): boolean {
  return /\p{L}/u.test(value)
    ? value.length < 5 && !/^\p{sc=Han}{3}/u.test(value)
    : value.replace(/\D/g, '').length < 7;
}

/** Creates a session with private values in a shop's page and in later events. */
export function makeSession(random: SeededRandom): MadeSession {
  let lastId = 10;
  const page: Page = { body: [], events: [], id: () => ++lastId, random };
  const originals = new Set<string>();
  const shop = ['Place order', 'Your order', 'Payment failed', 'Try again', 'Total', 'Sign in', 'Back to your account'];
  for (let count = 5 + random.below(20); count > 0; count--)
    page.body.push(
      element(page.id(), random.pick(['button', 'h2', 'p', 'label']), { class: 'row' }, [
        text(page.id(), random.pick(shop)),
      ]),
    );
  const settle = (value: string, places: readonly Home[]): void => {
    if (isShort(value)) return;
    const hasForm = /[\d@]/.test(value);
    const fitting = places.filter((home) => hasForm || (home.words && !(home.needsMore && !/\s/.test(value))));
    random.pick(fitting).put(value, page);
    originals.add(value);
  };
  for (let count = 6 + random.below(8); count > 0; count--) {
    const { text: whole, spans } = makeLabelled(random, random.pick(Object.values(locales)));
    for (const { start, end } of spans) settle(whole.slice(start, end), homes);
  }
  for (let count = 4; count > 0; count--) {
    const { value } = makeValue(random.pick(secrets), random.below(4096));
    settle(value, [...homes.filter(({ words }) => !words), ...headers]);
  }
  for (let count = 2; count > 0; count--) settle(makeValue(random.pick(typeNames), random.below(4096)).value, homes);
  let time = startedAt + random.below(1_000_000_000);
  const body = element(3, 'body', {}, page.body);
  const node = { type: 0, id: 1, childNodes: [element(2, 'html', {}, [element(4, 'head'), body])] };
  const events = [
    { type: 4, data: { href: 'https://www.harbor.test/order', width: 800, height: 600 } },
    { type: 2, data: { node, initialOffset: { top: 0, left: 0 } } },
    ...page.events,
  ];
  return {
    events: events.map((event) => ({ ...event, timestamp: (time += 20 + random.below(900)) })),
    originals: [...originals],
  };
}
