import { gzipSync } from 'node:zlib';
import type { SeededRandom } from '../helpers/seeded-random';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Numbers that break code that uses them as an id, a time or an index. */
const oddNumbers = [-1, 0, -0, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, -1e308, 5e-324, 9_999_999_999, 8.64e15 + 1];
/** Keys with a special meaning for JavaScript objects. */
const oddKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', 'then', ''];
const oddValues: Json[] = [
  null,
  true,
  '',
  'x',
  [],
  {},
  [[]],
  { length: 1e9 },
  'javascript:1',
  '\u0000\ud800',
  ...oddNumbers,
];

/** A change to a list of events. */
export type EventMutation = (events: Json[], random: SeededRandom) => Json[];

export const eventMutations: Record<string, EventMutation> = {
  drop: (events, random) => events.filter(() => random.next() > 0.2),
  double: (events, random) =>
    events.flatMap((event) => (random.next() < 0.2 ? [event, structuredClone(event)] : [event])),
  shuffle: (events, random) => {
    const shuffled = [...events];
    for (let index = shuffled.length - 1; index > 0; index--) {
      const other = random.below(index + 1);
      [shuffled[index], shuffled[other]] = [shuffled[other] ?? null, shuffled[index] ?? null];
    }
    return shuffled;
  },
  ids: (events, random) =>
    changeSome(events, random, /^(id|parentId|nextId|previousId|rootId|styleId)$/, () => random.pick(oddNumbers)),
  sameIds: (events, random) =>
    changeSome(events, random, /^(id|parentId|nextId|previousId)$/, () => 1 + random.below(12)),
  times: (events, random) =>
    changeSome(events, random, /^(timestamp|timeOffset)$/, () => random.pick([...oddValues, 'NaN'])),
  anything: (events, random) => changeSome(events, random, /./, () => random.pick(oddValues)),
  keys: (events, random) => {
    const changed = structuredClone(events);
    const holders = findProperties(changed).filter(({ holder }) => !Array.isArray(holder));
    for (let count = 0; count < 5; count++) {
      const { holder } = random.pick(holders.length > 0 ? holders : [{ holder: {}, key: '' }]);
      const key = random.pick(oddKeys);
      Object.defineProperty(holder, key, {
        value: random.pick(oddValues),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return changed;
  },
  /** A node becomes a child of its descendant or of itself. */
  cycles: (events, random) => {
    const id = 1 + random.below(20);
    const node = { type: 2, tagName: 'div', attributes: {}, childNodes: [], id };
    const adds = Array.from({ length: 6 }, () => ({
      parentId: random.pick([id, 1 + random.below(20)]),
      nextId: random.pick([null, id, 3]),
      node,
    }));
    const data = { source: 0, texts: [], attributes: [], removes: [], adds };
    return insertAt(events, random, { type: 3, data });
  },
  depth: (events, random) => {
    let node: Json = { type: 3, textContent: 'x', id: 100_000 };
    const levels = random.pick([50, 900, 1500]);
    for (let level = 0; level < levels; level++) {
      node = { type: 2, tagName: 'div', attributes: {}, childNodes: [node], id: 100_001 + level };
    }
    const adds = [{ parentId: 1 + random.below(8), nextId: null, node }];
    return insertAt(events, random, { type: 3, data: { source: 0, texts: [], attributes: [], removes: [], adds } });
  },
  sources: (events, random) => {
    const data = {
      source: random.below(20),
      id: random.below(30),
      index: random.pick(oddValues),
      adds: random.pick(oddValues),
      styles: [{ styleId: 1, rules: [{ rule: 'a{', index: random.pick(oddValues) }] }],
      styleIds: [1, random.pick(oddValues)],
      ranges: [random.pick(oddValues)],
    };
    return insertAt(events, random, { type: random.pick([3, 3, 3, random.below(12)]), data });
  },
};

export type ByteMutation = (bytes: Buffer, random: SeededRandom) => Buffer;

export const byteMutations: Record<string, ByteMutation> = {
  bits: (bytes, random) => {
    const changed = Buffer.from(bytes);
    for (let count = 1 + random.below(8); count > 0; count--) {
      const offset = random.below(changed.length);
      changed[offset] = (changed[offset] ?? 0) ^ (1 << random.below(8));
    }
    return changed;
  },
  cut: (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  gzipCut: (bytes, random) => {
    const packed = gzipSync(bytes, { level: 1 });
    return packed.subarray(0, random.below(packed.length));
  },
  gzipBits: (bytes, random) => byteMutations.bits?.(gzipSync(bytes, { level: 1 }), random) ?? bytes,
  hole: (bytes, random) => {
    const start = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + random.below(2000))]);
  },
  noise: (bytes, random) => {
    const start = random.below(bytes.length);
    const noise = Buffer.from(Array.from({ length: random.below(200) }, () => random.below(256)));
    return Buffer.concat([bytes.subarray(0, start), noise, bytes.subarray(start)]);
  },
  brackets: (bytes, random) => {
    const start = random.below(bytes.length);
    const nest = Buffer.from(random.pick(['[', '{"a":', '{"data":[']).repeat(random.pick([10, 5000, 100_000])));
    return Buffer.concat([bytes.subarray(0, start), nest, bytes.subarray(start)]);
  },
};

interface Property {
  holder: { [key: string]: Json } | Json[];
  key: string;
}

function findProperties(top: Json): Property[] {
  const properties: Property[] = [];
  const open: Json[] = [top];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      properties.push({ holder: value, key });
      open.push(inner);
    }
  }
  return properties;
}

function changeSome(events: Json[], random: SeededRandom, keys: RegExp, value: () => Json): Json[] {
  const changed = structuredClone(events);
  const properties = findProperties(changed).filter(({ holder, key }) => !Array.isArray(holder) && keys.test(key));
  if (properties.length === 0) return changed;
  for (let count = 1 + random.below(6); count > 0; count--) {
    const { holder, key } = random.pick(properties);
    (holder as { [key: string]: Json })[key] = value();
  }
  return changed;
}

/** Inserts an event at a random position, with the timestamp of the event before it. */
function insertAt(events: Json[], random: SeededRandom, event: { [key: string]: Json }): Json[] {
  const index = random.below(events.length);
  const neighbour = events[index];
  const timestamp =
    typeof neighbour === 'object' && neighbour !== null && !Array.isArray(neighbour) ? (neighbour.timestamp ?? 0) : 0;
  return [...events.slice(0, index + 1), { ...event, timestamp }, ...events.slice(index + 1)];
}
