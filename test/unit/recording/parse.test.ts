import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { damageWords, unreadableWords } from '../../../src-main/contract/words/recording';
import { inputOf, openRecordings, type ParseLimits } from '../../../src-main/core/recording/parse';
import { inflatePorts } from '../../../src-main/node/intake/inflate-ports';
import { readRecordings } from '../../../src-main/node/intake/recording-file';
import { readHarbor, toBytes } from './harbor';
import { failureOf, readAll } from './read-all';
import { writeTar } from './tar-writer';

const events = readHarbor().slice(0, 300);
const few = events.slice(0, 12);
const windowId = '0196e180-73bd-7b72-869b-35ee20bbbcd1';
const half = events.length >> 1;

const pack = (event: RecordedEvent): string => deflateSync(JSON.stringify({ ...event, v: 'v1' })).toString('latin1');
const squeeze = (value: unknown): string => gzipSync(JSON.stringify(value)).toString('latin1');
const withPostHogFields = (event: RecordedEvent): object => {
  const data = event.data as Record<string, unknown>;
  if (event.type === 2) return { ...event, cv: '2024-10', data: squeeze(data) };
  if (event.type !== 3 || data.source !== 0) return event;
  const { adds, removes, texts, attributes } = data;
  const fields = {
    adds: squeeze(adds),
    removes: squeeze(removes),
    texts: squeeze(texts),
    attributes: squeeze(attributes),
  };
  return { ...event, cv: '2024-10', data: { ...data, ...fields } };
};
const lines = (items: unknown[]): string => items.map((item) => JSON.stringify(item)).join('\n');

const failure = (bytes: Uint8Array, limits: Partial<ParseLimits> = {}) => failureOf(readAll(bytes, { limits }));

describe('every shape gives the same events', () => {
  const shapes: [string, unknown, string][] = [
    ['an array', events, 'array'],
    ['an array, indented', JSON.stringify(events, null, 1), 'array'],
    ['{events}', { sessionId: 'x', events }, 'events'],
    ['{result: []}', { result: events }, 'result'],
    ['{result: {snapshots}}', { result: { snapshots: events } }, 'result'],
    ['{snapshot_data_by_window_id}', { snapshot_data_by_window_id: { [windowId]: events } }, 'windows'],
    [
      'PostHog export 2023',
      {
        version: '2023-04-28',
        data: { id: 'x', person: { name: 'events' }, snapshots: events.map((event) => ({ windowId, ...event })) },
      },
      'posthog export',
    ],
    [
      'PostHog export 2022',
      { version: '2022-12-02', data: { person: null, snapshotsByWindowId: { [windowId]: events } } },
      'posthog export',
    ],
    ['JSONL of events', lines(events), 'jsonl'],
    ['JSONL with blank lines and CRLF', `\r\n${lines(events).replaceAll('\n', '\r\n\r\n')}\r\n`, 'jsonl'],
    ['JSONL of [windowId, event]', lines(events.map((event) => [windowId, event])), 'jsonl'],
    [
      'JSONL of {window_id, data}',
      lines([
        { window_id: windowId, data: events.slice(0, half) },
        { windowId, data: events.slice(half) },
      ]),
      'jsonl',
    ],
    ['JSONL with compressed fields', lines(events.map((event) => [windowId, withPostHogFields(event)])), 'jsonl'],
    ['JSONL of packed strings', lines(events.map(pack)), 'jsonl'],
    ['segments', [events.slice(0, half), events.slice(half)], 'segments'],
    ['an array of [windowId, event]', events.map((event) => [windowId, event]), 'window pairs'],
    ['packed strings', events.map(pack), 'packed'],
    ['packed strings, quoted twice', events.map((event) => JSON.stringify(pack(event))), 'packed'],
    ['strings of JSON', events.map((event) => JSON.stringify(event)), 'packed'],
  ];
  it.each(shapes)('%s', async (_, value, format) => {
    const bytes = toBytes(value);
    for (const input of [
      bytes,
      gzipSync(bytes),
      Buffer.concat([gzipSync(bytes.subarray(0, 99)), gzipSync(bytes.subarray(99))]),
    ]) {
      for (const limits of [{}, { wholeBytes: 300 }, { blockBytes: 777, wholeBytes: 300 }]) {
        const found = await readAll(input, { limits });
        expect(found.reading.facts()).toMatchObject({ format, damage: [], events: events.length });
        expect(found.events.map(({ event }) => event)).toEqual(events);
        expect(new Set(found.events.map((each) => each.windowId))).toEqual(new Set(['1']));
        for (const [index, json] of found.jsons.entries()) {
          if (json !== undefined) expect(JSON.parse(json)).toEqual(events[index]);
        }
      }
    }
  });

  it('keeps windows apart', async () => {
    const found = await readAll(
      toBytes([
        ['a', few[0]],
        ['b', few[2]],
      ]),
    );
    expect(found.events.map((each) => each.windowId)).toEqual(['1', '2']);
  });

  it('passes on the text of an event if it can be stored unchanged', async () => {
    const [first] = few;
    const spaced = JSON.stringify(first, null, 2);
    const bare = await readAll(toBytes(`[${spaced}]`));
    expect(bare.jsons).toEqual([spaced]);
    const pair = await readAll(toBytes(`[\n"w" ,${spaced} ]\n["w",${JSON.stringify(few[1])}]`));
    expect(pair.jsons).toEqual([spaced, JSON.stringify(few[1])]);
    const more = await readAll(toBytes([{ ...first, windowId: 'w' }, { ...few[2], delay: 5 }, few[3]]));
    expect(more.jsons).toEqual([undefined, undefined, JSON.stringify(few[3])]);
    expect((await readAll(toBytes([first && pack(first)]))).jsons).toEqual([undefined]);
  });

  it('returns the title of a document', async () => {
    for (const wholeBytes of [1, 1e6]) {
      const found = await readAll(toBytes({ title: 'A recording', events }), { limits: { wholeBytes } });
      expect(found.reading.title()).toBe('A recording');
    }
  });
});

describe('a file without a recording', () => {
  const text = 'SECRET-of-a-user';
  const cases: [string, Uint8Array, string, string?][] = [
    ['nothing', new Uint8Array(), 'recording-empty'],
    ['blanks', toBytes(' \n\n'), 'recording-empty'],
    ['an empty array', toBytes([]), 'recording-empty'],
    ['empty events', toBytes({ events: [] }), 'recording-empty'],
    ['prose', toBytes(`${text} is no JSON`), 'recording-unreadable', unreadableWords.notJson],
    [
      'bytes',
      Uint8Array.from({ length: 99 }, (_, index) => (index * 37) % 256),
      'recording-unreadable',
      unreadableWords.notJson,
    ],
    ['another shape', toBytes({ rows: [text] }), 'recording-unreadable', unreadableWords.unknownShape],
    ['a list of something else', toBytes([{ name: text }]), 'recording-unreadable', unreadableWords.noEvents],
    ['a number', toBytes('42'), 'recording-unreadable', unreadableWords.unknownShape],
    ['an array, cut in a string', toBytes(`[{"type":4,"data":{"href":"${text}`), 'recording-truncated'],
    ['gzip, cut before its first event ends', gzipSync(toBytes(few)).subarray(0, 100), 'recording-truncated'],
    ['gzip, damaged', damageGzip(), 'recording-unreadable', unreadableWords.compressed],
  ];
  it.each(cases)('%s', async (_, bytes, code, reason) => {
    const error = await failure(bytes);
    expect(error.code).toBe(code);
    if (reason) expect(error.details).toEqual({ reason });
    expect(JSON.stringify([error.message, error.details ?? {}, String(error.cause)])).not.toContain('SECRET');
  });
});

describe('damage is counted', () => {
  const damageOf = async (value: unknown, limits: Partial<ParseLimits> = {}) =>
    (await readAll(toBytes(value), { limits, repeats: 'keep' })).damage;
  const one = (reason: string, count = 1) => [{ reason, count }];

  it('for a truncated last line and a line that isn’t JSON', async () => {
    expect(await damageOf(lines(few).slice(0, -30))).toEqual(one(damageWords.lineCutOff));
    expect(await damageOf(`${lines(few)}\n{not json\n${lines(few)}`)).toEqual(one(damageWords.lineUnreadable));
    expect(await damageOf(`{not json\n${lines(few)}`)).toEqual(one(damageWords.lineUnreadable));
  });

  it('for items that aren’t events', async () => {
    expect(await damageOf([...few, null, 7, { type: 'x' }, [[[[[[few[0]]]]]]]])).toEqual(
      one(damageWords.notAnEvent, 4),
    );
  });

  it('for packed strings that can’t be unpacked', async () => {
    const [first] = few;
    if (!first) throw new RangeError('no event to pack');
    const otherVersion = deflateSync(JSON.stringify({ ...first, v: 'v2' })).toString('latin1');
    expect(await damageOf([pack(first), 'x\u009cbroken', 'xŁ', 'plain', otherVersion])).toEqual(
      one(damageWords.packedUnreadable, 4),
    );
  });

  it('for compressed fields of an unknown kind, of damaged zstd, and beyond the limit', async () => {
    const event = (data: string, cv = '2024-10') => ({ type: 2, timestamp: 5, cv, data });
    expect(await damageOf([few[0], event('x')])).toEqual(one(damageWords.fieldUnreadable));
    expect(await damageOf([few[0], event(squeeze({}), '2099-01')])).toEqual(one(damageWords.fieldUnreadable));
    expect(await damageOf([few[0], event('\x28\xb5\x2f\xfd....')])).toEqual(one(damageWords.fieldUnreadable));
    expect(await damageOf([few[0], event(squeeze('a'.repeat(9000)))], { fieldBytes: 5000 })).toEqual(
      one(damageWords.fieldTooLarge),
    );
  });

  it('for an event with too deep nesting, and the others are kept', async () => {
    const deep = `{"type":5,"timestamp":1,"data":{"tag":"t","payload":${'['.repeat(3000)}${']'.repeat(3000)}}}`;
    const found = await readAll(toBytes(`[${JSON.stringify(few[0])},${deep}]`));
    expect(found.events).toHaveLength(1);
    expect(found.lost).toEqual([{ windowId: '1', at: undefined, reason: damageWords.tooDeep }]);
    expect(await damageOf(`${JSON.stringify(few[0])}\n${deep}`)).toEqual(one(damageWords.tooDeep));
  });
});

describe('limits apply', () => {
  it('to decompressed bytes of the file and of all fields, and to events', async () => {
    const bytes = gzipSync(toBytes(few));
    expect((await failure(bytes, { inflatedBytes: 1000 })).code).toBe('recording-too-large');
    expect((await failure(toBytes(few), { inflatedBytes: 1000 })).code).toBe('recording-too-large');
    const bomb = { type: 2, timestamp: 1, cv: '2024-10', data: squeeze('a'.repeat(100_000)) };
    const bombs = toBytes(Array.from({ length: 20 }, () => bomb));
    expect((await failure(bombs, { inflatedBytes: 1_000_000, fieldBytes: 90_000 })).code).toBe('recording-too-large');
    expect((await failure(toBytes(few), { events: 3 })).code).toBe('recording-too-large');
  });
});

describe('archives', () => {
  const member = (name: string, value: unknown) => ({ name, bytes: toBytes(value) });

  it('contain several recordings, and other files are counted', async () => {
    const tar = writeTar([
      { name: './', bytes: new Uint8Array(), type: '5' },
      member('../../etc/evil\u0007.json', few),
      member('readme.txt', 'hello'),
      { name: 'link.json', bytes: new Uint8Array(), type: '2' },
      { name: 'b.json.gz', bytes: gzipSync(toBytes(few)) },
    ]);
    for (const bytes of [tar, gzipSync(tar)]) {
      const { found } = await readRecordings(inputOf(bytes));
      expect(found.map(({ name }) => name)).toEqual(['evil.json', 'b.json.gz']);
      expect(found[0]?.facts.damage).toEqual([
        { reason: damageWords.memberSkipped, count: 1 },
        { reason: damageWords.memberUnreadable, count: 1 },
      ]);
    }
  });

  it('are read up to the damage', async () => {
    const tar = writeTar([member('a.json', few), member('b.json', few)]);
    const lying = Uint8Array.from(tar);
    const second = 512 + Math.ceil(toBytes(few).length / 512) * 512;
    lying[second + 124] = 0x37;
    for (const bytes of [lying, tar.subarray(0, second + 600)]) {
      const { found } = await readRecordings(inputOf(bytes));
      expect(found).toHaveLength(1);
      expect(found[0]?.facts.damage).toContainEqual({ reason: damageWords.archiveDamaged, count: 1 });
    }
  });

  it('without a recording are refused', async () => {
    const error = await failureOf(readRecordings(inputOf(writeTar([member('a', 'x')]))));
    expect(error.code).toBe('recording-unreadable');
  });

  it('a single recording has no name', async () => {
    const names: string[] = [];
    for await (const { name } of openRecordings(inputOf(toBytes(few)), inflatePorts)) names.push(name);
    expect(names).toEqual(['']);
  });
});

describe('an event-like object with an empty list', () => {
  const hollow = [
    { type: {}, data: [[]], timestamp: 5 },
    { type: 'x', data: [], timestamp: 5 },
  ];

  it.each(hollow)('is counted, and its neighbours are kept: %j', async (damaged) => {
    const all = [...few.slice(0, 6), damaged, ...few.slice(6)];
    for (const bytes of [toBytes(all), toBytes(all.map((event) => JSON.stringify(event)).join('\n'))]) {
      const { events: kept, damage } = await readAll(bytes);
      expect(kept).toHaveLength(few.length);
      expect(damage).toEqual([{ reason: damageWords.notAnEvent, count: 1 }]);
    }
  });

  it('is an empty group of events if it isn’t event-like', async () => {
    const { events: kept, damage } = await readAll(toBytes([...few, { windowId, data: [] }]));
    expect(kept).toHaveLength(few.length);
    expect(damage).toEqual([]);
  });
});

function damageGzip(): Uint8Array {
  const bytes = Uint8Array.from(gzipSync(toBytes(few)));
  bytes.fill(0xff, 40, 80);
  return bytes;
}
