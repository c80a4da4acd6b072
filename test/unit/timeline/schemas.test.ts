import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { timelineKinds, type TimelineEntry } from '../../../src-main/contract/timeline';
import { formatTimeline, type TimelineDocument } from '../../../src-main/core/timeline/formats';
import { nameUuid } from '../../../src-main/core/timeline/formats/uuid';
import { ecsChecker } from '../../helpers/ecs-schema';
import { ocsfChecker } from '../../helpers/ocsf-schema';
import { otlpChecker } from '../../helpers/otlp-schema';
import { parseCsv } from '../../helpers/parse-csv';
import { readFixtureMember } from '../../helpers/fixture-archive';
import { stixChecker } from '../../helpers/stix-schema';
import { anyDocument, makeDocument, makeEntry, oneOfEachKind } from '../../helpers/timeline-document';

const eachKind = makeDocument(oneOfEachKind());
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Asserts that `findFaults` returns nothing for any document that the types allow. */
function assertForAny(findFaults: (document: TimelineDocument) => string[]): void {
  fc.assert(
    fc.property(anyDocument, (document) => {
      expect(findFaults(document)).toEqual([]);
    }),
    { numRuns: 150 },
  );
}

describe('validated by the official schemas', () => {
  describe('OCSF 1.8.0', () => {
    let check: (event: unknown) => string[];
    beforeAll(async () => {
      check = await ocsfChecker();
    });
    const faults = (document: TimelineDocument): string[] => lines(formatTimeline('ocsf', document)).flatMap(check);

    it('accepts every kind and any entry', () => {
      expect(faults(eachKind)).toEqual([]);
      assertForAny(faults);
    });

    it('has classes for requests and errors, and the base class for the rest', () => {
      const classes = lines(formatTimeline('ocsf', eachKind)).map(({ class_uid }) => class_uid as number);
      const of = (kind: string): number | undefined => classes[timelineKinds.indexOf(kind as 'click')];
      expect([of('network-error'), of('network-slow'), of('error'), of('click')]).toEqual([4002, 4002, 6008, 0]);
    });

    it('control: the check rejects invalid output', () => {
      const [event] = lines(formatTimeline('ocsf', makeDocument([makeEntry('x', { kind: 'error' })])));
      expect(check(event)).toEqual([]);
      for (const change of [
        { time: 'x' },
        { severity_id: 42 },
        { extra: 1 },
        { type_uid: 1 },
        { metadata: { version: '1.8.0' } },
      ]) {
        expect(check({ ...event, ...change }), JSON.stringify(change)).not.toEqual([]);
      }
    });
  });

  describe('ECS 9.4', () => {
    let check: (document: unknown) => string[];
    beforeAll(async () => {
      check = await ecsChecker();
    });
    const faults = (document: TimelineDocument): string[] => lines(formatTimeline('ecs', document)).flatMap(check);

    it('accepts every kind and any entry', () => {
      expect(faults(eachKind)).toEqual([]);
      assertForAny(faults);
    });

    it('control: the check rejects invalid output', () => {
      const [document] = lines(formatTimeline('ecs', eachKind));
      const event = document?.event as object;
      for (const change of [
        { '@timestamp': 5 },
        { url: { page: 'x' } },
        { event: { ...event, category: ['weather'] } },
        { event: { ...event, type: ['denied'] } },
      ]) {
        expect(check({ ...document, ...change }), JSON.stringify(change)).not.toEqual([]);
      }
    });
  });

  describe('STIX 2.1', () => {
    let check: (bundle: unknown) => string[];
    beforeAll(async () => {
      check = await stixChecker();
    });
    const faults = (document: TimelineDocument): string[] => check(JSON.parse(formatTimeline('stix', document)));

    it('accepts every kind, no entries, and any entry', () => {
      expect(faults(eachKind)).toEqual([]);
      expect(faults(makeDocument([]))).toEqual([]);
      assertForAny(faults);
    });

    it('control: the check rejects invalid output', () => {
      const bundle = JSON.parse(formatTimeline('stix', eachKind)) as { objects: Record<string, unknown>[] };
      const last = bundle.objects.at(-1) ?? {};
      for (const change of [
        { content: 5 },
        { id: 'note--1' },
        { created: 'now' },
        { object_refs: [bundle.objects[0]?.id, 'x'] },
      ]) {
        const objects = [...bundle.objects.slice(0, -1), { ...last, ...change }];
        expect(check({ ...bundle, objects }), JSON.stringify(change)).not.toEqual([]);
      }
    });

    it('writes the user’s notes as notes on the nearest observations, not as observations', () => {
      const note = (atMs: number, more: Partial<TimelineEntry> = {}): TimelineEntry =>
        makeEntry(`A note at ${atMs}`, { kind: 'note', atMs, windowId: '', severity: 'warning', ...more });
      const document = makeDocument([
        note(0),
        makeEntry('First', { atMs: 100 }),
        note(150, { tags: ['checkout'] }),
        makeEntry('Second', { atMs: 200 }),
        makeEntry('Third', { atMs: 300 }),
        note(310, { durationMs: 500 }),
        makeEntry('Fourth', { atMs: 400 }),
      ]);
      expect(faults(document)).toEqual([]);
      expect(faults(makeDocument([note(5)]))).toEqual([]);
      const { objects } = JSON.parse(formatTimeline('stix', document)) as {
        objects: { type: string; id: string; content?: string; labels?: string[]; object_refs?: string[] }[];
      };
      expect(objects.filter(({ type }) => type === 'observed-data')).toHaveLength(4);
      const notes = objects.filter(({ content }) => content?.startsWith('A note'));
      expect(notes.map(({ object_refs = [] }) => object_refs.length)).toEqual([1, 1, 2]);
      expect(notes[1]?.labels).toEqual(expect.arrayContaining(['kind:note', 'severity:warning', 'tag:checkout']));
      const words = objects.filter(({ type, content }) => type === 'note' && !content?.startsWith('A note'));
      const observed = new Map(words.map(({ object_refs: [ref = ''] = [], content = '' }) => [ref, content]));
      expect(notes.map(({ object_refs = [] }) => object_refs.map((ref) => observed.get(ref)))).toEqual([
        ['First'],
        ['First'],
        ['Third', 'Fourth'],
      ]);
    });

    it('has the same ids only for the same document', () => {
      const other = makeDocument([...oneOfEachKind(), makeEntry('x')]);
      const ids = (document: TimelineDocument): string[] =>
        (JSON.parse(formatTimeline('stix', document)) as { objects: { type: string; id: string }[] }).objects
          .filter(({ type }) => type === 'note')
          .map(({ id }) => id);
      expect(ids(eachKind)).toEqual(ids(eachKind));
      expect(ids(other).filter((id) => ids(eachKind).includes(id))).toEqual([]);
    });
  });

  describe('OTLP', () => {
    let check: (logs: unknown) => string[];
    beforeAll(async () => {
      check = await otlpChecker();
    });
    const faults = (document: TimelineDocument): string[] => check(JSON.parse(formatTimeline('otlp', document)));

    it('accepts every kind, any entry, and the official example', async () => {
      expect(faults(eachKind)).toEqual([]);
      assertForAny(faults);
      const example = await readFixtureMember('schemas/otlp.tar.gz', 'logs.json');
      expect(check(JSON.parse(example.toString()))).toEqual([]);
    });

    it('control: the check rejects invalid output', () => {
      const text = formatTimeline('otlp', eachKind);
      for (const [from, to] of [
        ['"timeUnixNano":"', '"time_unix_nano":"'],
        [/"severityNumber":\d+/, '"severityNumber":"INFO"'],
        [/"timeUnixNano":"(\d+)"/, '"timeUnixNano":$1'],
        ['"key":"casement.kind"', '"key":"casement.window"'],
      ] as const) {
        expect(check(JSON.parse(text.replace(from, to)))).not.toEqual([]);
      }
    });
  });

  it('l2tcsv has the columns of log2timeline’s sample, and no commas in cells', async () => {
    const sample = (await readFixtureMember('schemas/plaso.tar.gz', 'l2tcsv.sample.csv')).toString();
    const rows = (document: TimelineDocument): string[] => formatTimeline('l2tcsv', document).trimEnd().split('\r\n');
    expect(rows(eachKind)[0]).toBe(sample.split('\n')[0]?.trim());
    assertForAny((document) =>
      rows(document)
        .slice(1)
        .flatMap((row) => {
          const cells = row.split(',');
          if (cells.length !== 17) return [`${cells.length} columns`];
          const isDated = /^(0[1-9]|1[0-2])\/([0-2]\d|3[01])\/\d{4}$/.test(cells[0] ?? '');
          return isDated && cells[11] === '2' && cells.every((cell) => cell !== '') ? [] : [row];
        }),
    );
  });

  it('Timesketch has the fields that its samples and its guide require', async () => {
    const sample = (await readFixtureMember('schemas/timesketch.tar.gz', 'sigma_events.csv')).toString();
    const [names = []] = parseCsv(formatTimeline('timesketch-csv', eachKind));
    expect(names.slice(0, 4)).toEqual(parseCsv(sample)[0]?.slice(0, 4));
    assertForAny((document) => {
      const [, ...rows] = parseCsv(formatTimeline('timesketch-csv', document));
      const asLines = lines(formatTimeline('timesketch-jsonl', document));
      return rows.flatMap(([message, timestamp, datetime = '', what], index) => {
        const line: Record<string, unknown> = asLines[index] ?? {};
        const isDated = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/.test(datetime);
        const isMicro = Date.parse(datetime) * 1000 === Number(timestamp) && line.timestamp === Number(timestamp);
        const isShort = Object.values(line).every((field) => Buffer.byteLength(String(field)) <= 32_766);
        return isDated && isMicro && isShort && what !== '' && line.datetime === datetime && message !== undefined
          ? []
          : [datetime];
      });
    });
  });

  it('Timesketch has no field longer than its index accepts', () => {
    const text = '界'.repeat(60_000);
    const [line = {}] = lines(
      formatTimeline('timesketch-jsonl', makeDocument([makeEntry(text, { quotes: { page: text } })])),
    );
    for (const field of Object.values(line)) expect(Buffer.byteLength(String(field))).toBeLessThanOrEqual(32_766);
  });
});

describe('times without a wall clock', () => {
  const entry: TimelineEntry = makeEntry('x', { wallMs: null, atMs: 61_001 });
  const relative = makeDocument([entry], { startedAt: null, zeroAt: Date.UTC(2000, 0, 1), generatedAt: '' });

  it('are on the clock of the redacted recording, and each entry names that basis', () => {
    expect(lines(formatTimeline('ecs', relative))[0]).toMatchObject({
      '@timestamp': '2000-01-01T00:01:01.001Z',
      labels: { time_basis: 'session-start-is-2000-01-01' },
    });
    expect(formatTimeline('timesketch-csv', relative)).toContain('946684861001000,2000-01-01T00:01:01.001000+00:00');
    expect(formatTimeline('l2tcsv', relative)).toContain('01/01/2000,00:01:01,UTC');
    expect(formatTimeline('otlp', relative)).toContain('"timeUnixNano":"946684861001000000"');
    for (const format of ['timesketch-csv', 'timesketch-jsonl', 'l2tcsv', 'ocsf', 'otlp', 'stix'] as const) {
      expect(formatTimeline(format, relative)).toContain('session-start-is-2000-01-01');
    }
  });
});

describe('UUIDs of names', () => {
  it('match RFC 9562 and Python’s library', () => {
    const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    expect(nameUuid(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
    expect(nameUuid(dns, 'python.org')).toBe('886313e1-3b8a-5372-9b90-0c9aee199e5d');
    expect(nameUuid(dns, 'x'.repeat(1000))).toBe('f6d12730-a238-51ed-bf69-3689855f9bbf');
  });
});
