import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CasementError } from '../../../src-main/contract/errors';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { damageWords, unreadableWords } from '../../../src-main/contract/words/recording';
import { defaultLimits, parseFile, parseRecording, type ParseLimits } from '../../../src-main/core/recording/parse';
import { inflatePorts } from '../../../src-main/node/recording-file';
import { readHarbor, toBytes } from './harbor';
import { writeTar } from './tar-writer';

const events = readHarbor();
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

const parse = (bytes: Uint8Array, limits: Partial<ParseLimits> = {}) =>
  parseRecording(bytes, inflatePorts, { ...defaultLimits, ...limits });
const failure = (bytes: Uint8Array, limits: Partial<ParseLimits> = {}): CasementError => {
  try {
    parse(bytes, limits);
  } catch (error) {
    if (error instanceof CasementError) return error;
    throw error;
  }
  throw new Error('it was read');
};

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
  it.each(shapes)('%s', (_, value, format) => {
    const bytes = toBytes(value);
    for (const input of [
      bytes,
      gzipSync(bytes),
      Buffer.concat([gzipSync(bytes.subarray(0, 99)), gzipSync(bytes.subarray(99))]),
    ]) {
      const parsed = parse(input);
      expect(parsed.format).toBe(format);
      expect(parsed.damage).toEqual([]);
      expect(parsed.events.map(({ event }) => event)).toEqual(events);
      expect(new Set(parsed.events.map((found) => found.windowId)).size).toBe(1);
    }
  });

  it('keeps windows apart', () => {
    const parsed = parse(
      toBytes([
        ['a', few[0]],
        ['b', few[1]],
      ]),
    );
    expect(parsed.events.map((found) => found.windowId)).toEqual(['a', 'b']);
  });
});

describe('what is no recording', () => {
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
    ['an array, cut', toBytes(JSON.stringify(few).slice(0, -40)), 'recording-truncated'],
    ['an array, cut in a string', toBytes(`[{"type":4,"data":{"href":"${text}`), 'recording-truncated'],
    ['an indented array, cut', toBytes(JSON.stringify(few, null, 1).slice(0, -40)), 'recording-truncated'],
    ['gzip, cut', gzipSync(toBytes(few)).subarray(0, 300), 'recording-truncated'],
    ['gzip, damaged', damageGzip(), 'recording-unreadable', unreadableWords.compressed],
  ];
  it.each(cases)('%s', (_, bytes, code, reason) => {
    const error = failure(bytes);
    expect(error.code).toBe(code);
    if (reason) expect(error.details).toEqual({ reason });
    expect(JSON.stringify([error.message, error.details ?? {}, String(error.cause)])).not.toContain('SECRET');
  });
});

describe('damage is counted', () => {
  const damageOf = (value: unknown, limits: Partial<ParseLimits> = {}) => parse(toBytes(value), limits).damage;
  const one = (reason: string, count = 1) => [{ reason, count }];

  it('a cut last line, and a line that is no JSON', () => {
    expect(damageOf(lines(few).slice(0, -30))).toEqual(one(damageWords.lineCutOff));
    expect(damageOf(`${lines(few)}\n{not json\n${lines(few)}`)).toEqual(one(damageWords.lineUnreadable));
    expect(damageOf(`{not json\n${lines(few)}`)).toEqual(one(damageWords.lineUnreadable));
  });

  it('items that are no events', () => {
    expect(damageOf([...few, null, 7, { type: 'x' }, [[[[[[few[0]]]]]]]])).toEqual(one(damageWords.notAnEvent, 4));
  });

  it('packed strings that can’t be unpacked', () => {
    const [first] = few;
    if (!first) throw new RangeError('no event to pack');
    const otherVersion = deflateSync(JSON.stringify({ ...first, v: 'v2' })).toString('latin1');
    expect(damageOf([pack(first), 'x\u009cbroken', 'xŁ', 'plain', otherVersion])).toEqual(
      one(damageWords.packedUnreadable, 4),
    );
  });

  it('compressed fields of an unknown kind, of zstd, and too large ones', () => {
    const event = (data: string, cv = '2024-10') => ({ type: 2, timestamp: 5, cv, data });
    expect(damageOf([few[0], event('x')])).toEqual(one(damageWords.fieldUnreadable));
    expect(damageOf([few[0], event(squeeze({}), '2099-01')])).toEqual(one(damageWords.fieldUnreadable));
    expect(damageOf([few[0], event('\x28\xb5\x2f\xfd....')])).toEqual(one(damageWords.zstd));
    expect(damageOf([few[0], event(squeeze('a'.repeat(9000)))], { fieldBytes: 5000 })).toEqual(
      one(damageWords.fieldTooLarge),
    );
  });

  it('an event that nests too deeply, while the others stay', () => {
    const deep = `{"type":5,"timestamp":1,"data":{"tag":"t","payload":${'['.repeat(3000)}${']'.repeat(3000)}}}`;
    const parsed = parse(toBytes(`[${JSON.stringify(few[0])},${deep}]`));
    expect(parsed.events).toHaveLength(1);
    expect(parsed.damage).toEqual(one(damageWords.tooDeep));
    expect(damageOf(`${JSON.stringify(few[0])}\n${deep}`)).toEqual(one(damageWords.tooDeep));
  });
});

describe('limits', () => {
  it('on inflated bytes of the file, of all fields together, and on events', () => {
    const bytes = gzipSync(toBytes(few));
    expect(failure(bytes, { inflatedBytes: 1000 }).code).toBe('recording-too-large');
    expect(failure(toBytes(few), { inflatedBytes: 1000 }).code).toBe('recording-too-large');
    const bomb = { type: 2, timestamp: 1, cv: '2024-10', data: squeeze('a'.repeat(100_000)) };
    const bombs = toBytes(Array.from({ length: 20 }, () => bomb));
    expect(failure(bombs, { inflatedBytes: 1_000_000, fieldBytes: 90_000 }).code).toBe('recording-too-large');
    expect(failure(toBytes(few), { events: 3 }).code).toBe('recording-too-large');
  });
});

describe('archives', () => {
  const member = (name: string, value: unknown) => ({ name, bytes: toBytes(value) });

  it('hold several recordings; what is none is counted', () => {
    const tar = writeTar([
      { name: './', bytes: new Uint8Array(), type: '5' },
      member('../../etc/evil\u0007.json', few),
      member('readme.txt', 'hello'),
      { name: 'link.json', bytes: new Uint8Array(), type: '2' },
      { name: 'b.json.gz', bytes: gzipSync(toBytes(few)) },
    ]);
    for (const bytes of [tar, gzipSync(tar)]) {
      const found = parseFile(bytes, inflatePorts);
      expect(found.map(({ name }) => name)).toEqual(['evil.json', 'b.json.gz']);
      expect(found[0]?.recording.damage).toEqual([
        { reason: damageWords.memberSkipped, count: 1 },
        { reason: damageWords.memberUnreadable, count: 1 },
      ]);
    }
  });

  it('are read up to where they are damaged', () => {
    const tar = writeTar([member('a.json', few), member('b.json', few)]);
    const lying = Uint8Array.from(tar);
    const second = 512 + Math.ceil(toBytes(few).length / 512) * 512;
    lying[second + 124] = 0x37;
    for (const bytes of [lying, tar.subarray(0, second + 600)]) {
      const found = parseFile(bytes, inflatePorts);
      expect(found).toHaveLength(1);
      expect(found[0]?.recording.damage).toEqual([{ reason: damageWords.archiveDamaged, count: 1 }]);
    }
  });

  it('without a recording are refused', () => {
    expect(() => parseFile(writeTar([member('a', 'x')]), inflatePorts)).toThrow('recording-unreadable');
  });

  it('a single recording has no name', () => {
    expect(parseFile(toBytes(few), inflatePorts).map(({ name }) => name)).toEqual(['']);
  });
});

function damageGzip(): Uint8Array {
  const bytes = Uint8Array.from(gzipSync(toBytes(few)));
  bytes.fill(0xff, 40, 80);
  return bytes;
}
