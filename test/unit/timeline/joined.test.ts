import fc from 'fast-check';
import { entryText } from '../../../src-main/contract/words/timeline';
import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import {
  clockOf,
  orderLines,
  placeSessions,
  type SessionClock,
} from '../../../src-main/contract/shared/timeline-order';
import { timelineFormats, type TimelineFormat } from '../../../src-main/contract/export-format';
import { casePositions, joinPrepared } from '../../../src-main/core/export/join';
import { prepareExport, type PreparedExport, type PreparedTimeline } from '../../../src-main/core/export/prepare';
import { RedactedRecording } from '../../../src-main/core/export/redacted-recording';
import { createMemoryStore } from '../../../src-main/core/recording/normalise/normalise';
import { createOriginalsCollector } from '../../../src-main/core/leak-check';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { formatTimeline } from '../../../src-main/core/timeline/formats';
import { documentFacts, tableColumns } from '../../../src-main/core/timeline/formats/document';
import { timelineDocument } from '../../../src-main/core/export/artifact';
import { emptyReport } from '../../helpers/empty-report';

const dayMs = Date.UTC(2026, 4, 4);
const hiddenMs = Date.UTC(2000, 0, 1);
const facts = { title: 'Case', software: 'Casement 0', policy: 'p', generatedAt: '2026-05-05T00:00:00.000Z' };

function entry(atMs: number, startedAt: number | null, text: string, windowId = '1'): TimelineEntry {
  const wallMs = startedAt === null ? null : startedAt + atMs;
  return { atMs, wallMs, windowId, kind: 'click', severity: 'info', verb: 'stated', quotes: { text } };
}

const noText = {
  isKnownWord: () => true,
  isCommonWord: () => true,
  isShared: () => false,
  isKeptInAddress: () => false,
  staysText: false,
};

/** Creates a prepared session with these entries. A policy with relative times hides its clock. */
function session(
  clock: SessionClock | undefined,
  texts: Record<string, number>,
  { times = 'absolute', windowId = '1' }: { times?: 'absolute' | 'relative'; windowId?: string } = {},
): PreparedExport {
  const startedAt = times === 'absolute' && clock?.id === 'wall' ? clock.startMs : null;
  return {
    recording: new RedactedRecording([], createMemoryStore()),
    windows: new Map(),
    entries: Object.entries(texts).map(([text, atMs]) => entry(atMs, startedAt, text, windowId)),
    notes: [],
    report: emptyReport,
    zeroAt: startedAt ?? hiddenMs,
    startedAt,
    clock,
    durationMs: 10_000,
    hasLeftOut: false,
    originals: createOriginalsCollector(noText).finish(),
    entities: { values: [], isFull: false },
  };
}

const at = (startMs: number): SessionClock | undefined => clockOf(startMs);
const fromCase = (offsetMs: number, id = 'a', clock = 0): SessionClock | undefined =>
  clockOf(hiddenMs, { id, position: { clock, offsetMs } });

const factsOf = (joined: PreparedTimeline): [string, string][] => documentFacts(timelineDocument(joined, facts));
const shown = (joined: PreparedTimeline) =>
  joined.entries.map((one) => [entryText(one), one.session?.number, one.atMs, one.session?.atMs]);

describe('several sessions as one timeline', () => {
  it('are merged by the wall clock; each entry has its session and both times', () => {
    const joined = joinPrepared([
      session(at(dayMs + 5000), { c: 0, e: 1000 }),
      session(at(dayMs), { a: 0, b: 100, d: 5500 }),
    ]);
    expect(shown(joined)).toEqual([
      ['a', 2, 0, 0],
      ['b', 2, 100, 100],
      ['c', 1, 5000, 0],
      ['d', 2, 5500, 5500],
      ['e', 1, 6000, 1000],
    ]);
    expect(joined).toMatchObject({ startedAt: dayMs, durationMs: 15_000 });
    expect(joined.entries[2]?.wallMs).toBe(dayMs + 5000);
    expect(factsOf(joined)).toContainEqual(['Sessions', '2, in chronological order']);
    expect(factsOf(joined)).toContainEqual(['Session starts (after the first one)', '1: 0:05.000; 2: 0:00.000']);
    expect(tableColumns(timelineDocument(joined, facts)).map(([name]) => name)).toEqual(
      expect.arrayContaining(['Clock (UTC)', 'Session']),
    );
  });

  it('keep their order and distances under a policy that hides the clock, without a date', () => {
    const order = (times: 'absolute' | 'relative') =>
      joinPrepared([
        session(at(dayMs + 5000), { c: 0, e: 1000 }, { times }),
        session(at(dayMs), { a: 0, d: 5500 }, { times }),
      ]);
    const joined = order('relative');
    expect(shown(joined)).toEqual(shown(order('absolute')));
    expect(joined).toMatchObject({ startedAt: null, durationMs: 15_000 });
    for (const format of timelineFormats) {
      const text = formatTimeline(format, timelineDocument(joined, facts));
      expect(text, format).not.toContain('2026-05-04');
      expect(text, format).not.toContain(String(dayMs).slice(0, 7));
    }
  });

  it('from one case file with hidden clocks are merged by their positions in it', () => {
    const joined = joinPrepared([session(fromCase(5000), { b: 0, d: 1000 }), session(fromCase(0), { a: 0, c: 5500 })]);
    expect(joined.entries.map(entryText).join('')).toBe('abcd');
    expect(joined.entries.every(({ session: of }) => of?.origin === 'case')).toBe(true);
  });

  it('follow in groups if they share no clock: the wall clock, then each case file, then those without a clock', () => {
    const joined = joinPrepared([
      session(undefined, { g: 0 }),
      session(fromCase(0, 'b'), { d: 0, f: 900 }),
      session(at(dayMs), { a: 0, b: 500 }),
      session(fromCase(100, 'b'), { e: 0 }),
      session(fromCase(70_000, 'c'), { h: 0 }),
    ]);
    expect(joined.entries.map(entryText).join('')).toBe('abdefhg');
    expect(joined.entries.map(({ session: of }) => of?.origin)).toEqual([
      'case',
      'case',
      'earlier-case',
      'earlier-case',
      'earlier-case',
      'session',
      'session',
    ]);
    expect(joined).toMatchObject({ startedAt: dayMs, durationMs: 10_000 });
    expect(factsOf(joined)).toContainEqual(['Sessions', '5, in chronological order; 4 without clock times at the end']);
    expect(factsOf(joined)).toContainEqual([
      'Session starts (after the first one)',
      '1: unknown; 2: unknown; 3: 0:00.000; 4: unknown; 5: unknown',
    ]);
    // The chart has no place for sessions of unknown time.
    const page = formatTimeline('html', timelineDocument(joined, facts));
    expect(page).toContain('Sessions without clock times are not shown.');
  });

  it('stay one after another if none has a clock', () => {
    const joined = joinPrepared([session(undefined, { a: 0, b: 900 }), session(undefined, { c: 5 })]);
    expect(joined.entries.map(entryText).join('')).toBe('abc');
    expect(joined.startedAt).toBeNull();
    expect(factsOf(joined)).toContainEqual(['Sessions', '2, one after another (no clock times recorded)']);
  });

  it('name the tab of an entry only if a session has several', () => {
    const columns = (sessions: PreparedExport[]): string[] =>
      tableColumns(timelineDocument(joinPrepared(sessions), facts)).map(([name]) => name);
    const one = session(at(dayMs), { a: 0 });
    const other = session(at(dayMs), { b: 0 }, { windowId: '2' });
    expect(columns([one, other])).not.toContain('Tab');
    expect(columns([{ ...one, entries: [...one.entries, ...other.entries] }, other])).toContain('Tab');
  });

  it('keep their notes in the order of the entries, each with its session', () => {
    const joined = joinPrepared([
      {
        ...session(at(dayMs + 5000), { a: 0 }),
        notes: [
          { id: 'n1', atMs: 0, endMs: 1500, text: 'second', severity: 'error', tags: ['pay'] },
          { id: 'n2', atMs: 2000, text: 'last' },
        ],
      },
      { ...session(at(dayMs), {}), notes: [{ id: 'n1', atMs: 4000, text: 'first', isBookmark: true }] },
      { ...session(undefined, {}), notes: [{ id: 'n1', atMs: 1, text: 'unknown time' }] },
    ]);
    expect(joined.notes.map(({ text, session: whose, atMs }) => [text, whose?.number, atMs])).toEqual([
      ['first', 2, 4000],
      ['second', 1, 5000],
      ['last', 1, 7000],
      ['unknown time', 3, 1],
    ]);
    expect(new Set(joined.notes.map(({ id }) => id)).size).toBe(4);
    const report = formatTimeline('html', timelineDocument(joined, facts)).replace(/<style>[\s\S]*?<\/style>/, '');
    const rows = (/id="notes"[\s\S]*?<\/table>/.exec(report)?.[0] ?? '')
      .split('<tr')
      .slice(1)
      .map((row) =>
        [...row.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
      );
    expect(rows.map(([from, whose]) => [from, whose])).toEqual([
      ['Time', 'Session'],
      ['0:04.000', '2'],
      ['0:05.000 to 0:06.500', '1'],
      ['0:07.000', '1'],
      ['0:00.001', '3'],
    ]);
  });

  it('have their notes in the order of time, whenever they were written', async () => {
    const notes = [
      { id: 'b', atMs: 900, text: 'later' },
      { id: 'a', atMs: 5, text: 'earlier' },
    ];
    const prepared = await prepareExport([], { policy: findPolicy('internal'), notes, startedAt: dayMs });
    expect(prepared.notes.map(({ text }) => text)).toEqual(['earlier', 'later']);
  });

  it('are unchanged if there is only one', () => {
    const one = session(at(dayMs), { a: 0 });
    expect(joinPrepared([one])).toBe(one);
  });

  it('have no dates made of a clock that was hidden before', async () => {
    const events = [{ windowId: '1', event: { type: 4, data: { href: 'https://a.test/' }, timestamp: hiddenMs } }];
    const policy = findPolicy('incident');
    expect(await prepareExport(events, { policy, notes: [], startedAt: hiddenMs })).toMatchObject({ startedAt: null });
    // Control: the same policy keeps a real clock.
    expect(await prepareExport([], { policy, notes: [], startedAt: dayMs })).toMatchObject({ startedAt: dayMs });
  });
});

describe('the session of an entry', () => {
  const joined = joinPrepared([session(at(dayMs + 5000), { afterwards: 250 }), session(at(dayMs), { early: 0 })]);
  const document = timelineDocument(joined, facts);
  const lineOf = (format: TimelineFormat, text: string): string =>
    formatTimeline(format, document)
      .split('\n')
      .find((line) => line.includes(text)) ?? '';
  const json = (format: TimelineFormat): Record<string, unknown> =>
    JSON.parse(lineOf(format, 'afterwards')) as Record<string, unknown>;

  it.each([
    ['csv', /^0:05\.250,[^,]*,1,0:00\.250,/],
    ['md', /\| 0\\?:05\.250 \|.*\| 1 \| Info \|/],
    ['jira', /\|1\|Info\|/],
    ['zendesk', /, session 1 — Click/],
    ['html', /<td class="session">1<\/td>/],
    ['l2tcsv', /session: 1; session_at_ms: 250/],
    ['timesketch-csv', /0:00\.250,.*,1\r?$/],
  ] as const)('is in %s', (format, pattern) => {
    expect(lineOf(format, 'afterwards')).toMatch(pattern);
  });

  it('is in the fields that machine formats have for it', () => {
    expect(json('jsonl')).toMatchObject({ at_ms: 5250, session: 1, session_at_ms: 250, window: '1' });
    expect(json('timesketch-jsonl')).toMatchObject({ session: 1, session_time: '0:00.250' });
    expect(json('ecs')).toMatchObject({ labels: { session: '1', session_at_ms: '250' } });
    const uuid = /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/;
    expect(json('ocsf')).toMatchObject({
      metadata: { correlation_uid: expect.stringMatching(uuid) as string },
      unmapped: { session: 1 },
    });
    expect(lineOf('otlp', 'afterwards')).toMatch(/"session\.id","value":\{"stringValue":"[\da-f-]{36}"/);
    expect(lineOf('otlp', 'afterwards')).toContain('{"key":"casement.session","value":{"intValue":"1"}}');
    expect(lineOf('stix', 'afterwards')).toContain('"session:1"');
  });

  it('is in no format of a single session', () => {
    const one = timelineDocument(session(at(dayMs), { only: 0 }), facts);
    for (const format of timelineFormats) {
      const text = formatTimeline(format, one).replace(/<style>[\s\S]*?<\/style>/, '');
      expect(text, format).not.toMatch(/session(?:_at_ms|\.id|: 1|:1)|correlation_uid|class="session"|,session,/i);
    }
  });
});

describe('positions in a case file', () => {
  const positions = (...clocks: (SessionClock | undefined)[]) =>
    casePositions(clocks.map((clock) => session(clock, {}, { times: 'relative' })));

  it('are written where clocks are hidden and sessions share one', () => {
    expect(positions(at(dayMs + 5000), at(dayMs), undefined, fromCase(7), fromCase(9))).toEqual([
      { clock: 0, offsetMs: 5000 },
      { clock: 0, offsetMs: 0 },
      undefined,
      { clock: 1, offsetMs: 0 },
      { clock: 1, offsetMs: 2 },
    ]);
    expect(positions(at(dayMs))).toEqual([undefined]);
    expect(casePositions([session(at(dayMs), {}), session(at(dayMs + 1), {})])).toEqual([undefined, undefined]);
  });

  it('give the same order to anyone who opens the file', () => {
    const clocks = fc.array(fc.option(fc.integer({ min: dayMs, max: dayMs + 9_000_000 }), { nil: undefined }), {
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(clocks, (starts) => {
        const before = starts.map((startMs) => (startMs === undefined ? undefined : at(startMs)));
        const after = positions(...before).map((position) => clockOf(hiddenMs, { id: 'file', position }));
        const groups = (all: (SessionClock | undefined)[]) =>
          placeSessions(all).map(({ offsetMs, group }) => [offsetMs, group]);
        // A session that is alone on its clock has no position that matters.
        const isAlone = starts.filter((start) => start !== undefined).length === 1;
        if (!isAlone) expect(groups(after)).toEqual(groups(before));
      }),
    );
  });
});

describe('the order of lines', () => {
  const sessions = fc.array(
    fc.record({
      clock: fc.oneof(
        fc.constant(undefined),
        fc.integer({ min: dayMs - 3_600_000, max: dayMs }).map(at),
        fc.integer({ min: 0, max: 3_600_000 }).map((offsetMs) => fromCase(offsetMs)),
      ),
      times: fc.array(fc.integer({ min: 0, max: 3_600_000 }), { maxLength: 20 }),
    }),
    { maxLength: 8 },
  );

  it('keeps every line once, sorts by the clock, keeps groups together, and keeps the order within a session', () => {
    fc.assert(
      fc.property(sessions, (all) => {
        const places = placeSessions(all.map(({ clock }) => clock));
        const lines = all.flatMap(({ times }, ordinal) =>
          [...times]
            .sort((a, b) => a - b)
            .flatMap((sessionMs, position) => {
              const place = places[ordinal];
              return place ? [{ ordinal, position, sessionMs, place }] : [];
            }),
        );
        const ordered = orderLines(lines);
        expect(new Set(ordered)).toEqual(new Set(lines));
        expect(ordered).toHaveLength(lines.length);
        for (const [index, line] of ordered.entries()) {
          const before = ordered[index - 1];
          if (!before) continue;
          expect(line.place.group).toBeGreaterThanOrEqual(before.place.group);
          if (line.place.group !== before.place.group) continue;
          const timeOf = ({ place, sessionMs }: typeof line): number => place.offsetMs + sessionMs;
          expect(timeOf(line)).toBeGreaterThanOrEqual(timeOf(before));
        }
        for (const ordinal of all.keys()) {
          const positions = ordered.filter((line) => line.ordinal === ordinal).map(({ position }) => position);
          expect(positions).toEqual([...positions].sort((a, b) => a - b));
        }
      }),
    );
  });
});
