import fc from 'fast-check';
import { entryText } from '../../../src-main/contract/words/timeline';
import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { knownClock, orderByClock } from '../../../src-main/contract/shared/timeline-order';
import { joinPrepared } from '../../../src-main/core/export/join';
import { prepareExport, type PreparedExport } from '../../../src-main/core/export/prepare';
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

/** Creates a prepared session with these entries. */
function session(startedAt: number | null, entries: TimelineEntry[]): PreparedExport {
  const allowed = { isKnownWord: () => true, isCommonWord: () => true, isShared: () => false, staysText: false };
  return {
    recording: new RedactedRecording([], createMemoryStore()),
    windows: new Map(),
    entries,
    notes: [],
    report: emptyReport,
    zeroAt: startedAt ?? hiddenMs,
    startedAt,
    durationMs: 10_000,
    originals: createOriginalsCollector(allowed).finish(),
    entities: { values: [], isFull: false },
  };
}

describe('several sessions as one timeline', () => {
  it('are merged by the wall clock, and each entry names its session', () => {
    const joined = joinPrepared([
      session(dayMs + 5000, [entry(0, dayMs + 5000, 'c'), entry(1000, dayMs + 5000, 'e')]),
      session(dayMs, [entry(0, dayMs, 'a', '1'), entry(100, dayMs, 'b', '2'), entry(5500, dayMs, 'd', '1')]),
    ]);
    expect(joined.entries.map(entryText).join('')).toBe('abcde');
    expect(joined.entries.map(({ windowId }) => windowId)).toEqual([
      'session 2, tab 1',
      'session 2, tab 2',
      'session 1',
      'session 2, tab 1',
      'session 1',
    ]);
    const document = timelineDocument(joined, facts);
    expect(document.startedAt).toBe(dayMs);
    expect(documentFacts(document)).toContainEqual(['Sessions', '2, in chronological order']);
    expect(tableColumns(document).map(([name]) => name)).toContain('Clock (UTC)');
  });

  it('come last without a wall clock, even if a policy removed it, and the document says so', () => {
    const joined = joinPrepared([
      session(hiddenMs, [entry(0, hiddenMs, 'c'), entry(10, hiddenMs, 'd')]),
      session(dayMs, [entry(0, dayMs, 'a'), entry(500, dayMs, 'b')]),
    ]);
    expect(joined.entries.map(entryText).join('')).toBe('abcd');
    expect(joined.entries.map(({ wallMs }) => wallMs)).toEqual([dayMs, dayMs + 500, null, null]);
    expect(joined).toMatchObject({ startedAt: dayMs, zeroAt: hiddenMs });
    expect(documentFacts(timelineDocument(joined, facts))).toContainEqual([
      'Sessions',
      '2, in chronological order; 1 without clock times at the end',
    ]);
  });

  it('keep their notes in the order of the clock, each with its session and the time from its start', () => {
    const joined = joinPrepared([
      {
        ...session(dayMs + 5000, [entry(0, dayMs + 5000, 'a')]),
        notes: [
          { id: 'n1', atMs: 0, endMs: 1500, text: 'second', severity: 'error', tags: ['pay'] },
          { id: 'n2', atMs: 2000, text: 'last' },
        ],
      },
      { ...session(dayMs, []), notes: [{ id: 'n1', atMs: 4000, text: 'first', isBookmark: true }] },
      { ...session(null, []), notes: [{ id: 'n1', atMs: 1, text: 'unknown time' }] },
    ]);
    expect(joined.notes.map(({ text, session: whose, atMs }) => [text, whose, atMs])).toEqual([
      ['first', 'session 2', 4000],
      ['second', 'session 1', 0],
      ['last', 'session 1', 2000],
      ['unknown time', 'session 3', 1],
    ]);
    const report = formatTimeline('html', timelineDocument(joined, facts)).replace(/<style>[\s\S]*?<\/style>/, '');
    const rows = (/id="notes"[\s\S]*?<\/table>/.exec(report)?.[0] ?? '')
      .split('<tr')
      .slice(1)
      .map((row) =>
        [...row.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell = '']) => cell.replace(/<[^>]*>/g, '')),
      );
    expect(rows.map(([from, whose]) => [from, whose])).toEqual([
      ['Time', 'Session'],
      ['0:04.000', 'session 2'],
      ['0:00.000 to 0:01.500', 'session 1'],
      ['0:02.000', 'session 1'],
      ['0:00.001', 'session 3'],
    ]);
  });

  it('stay one after another if none has a wall clock', () => {
    const joined = joinPrepared([
      session(null, [entry(0, null, 'a'), entry(900, null, 'b')]),
      session(null, [entry(5, null, 'c')]),
    ]);
    expect(joined.entries.map(entryText).join('')).toBe('abc');
    expect(joined.startedAt).toBeNull();
    expect(documentFacts(timelineDocument(joined, facts))).toContainEqual([
      'Sessions',
      '2, one after another (no clock times recorded)',
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
    const one = session(dayMs, [entry(0, dayMs, 'a')]);
    expect(joinPrepared([one])).toBe(one);
  });
});

describe('the order by the clock', () => {
  const sessions = fc.array(
    fc.record({
      startedAt: fc.oneof(fc.constant(null), fc.integer({ min: hiddenMs, max: dayMs })),
      times: fc.array(fc.integer({ min: 0, max: 3_600_000 }), { maxLength: 20 }),
    }),
    { maxLength: 8 },
  );

  it('keeps every line once, sorts by the clock with unknown times last, and keeps the order within a session', () => {
    fc.assert(
      fc.property(sessions, (all) => {
        const lines = all.flatMap(({ startedAt, times }, ordinal) =>
          [...times]
            .sort((a, b) => a - b)
            .map((atMs, position) => ({
              ordinal,
              position,
              wallMs: knownClock(startedAt === null ? null : startedAt + atMs),
            })),
        );
        const ordered = orderByClock(lines);
        expect(new Set(ordered)).toEqual(new Set(lines));
        expect(ordered).toHaveLength(lines.length);
        for (const [index, line] of ordered.entries()) {
          const before = ordered[index - 1];
          if (!before) continue;
          if (before.wallMs === null) {
            expect(line.wallMs).toBeNull();
            expect(line.ordinal).toBeGreaterThanOrEqual(before.ordinal);
          } else if (line.wallMs !== null) expect(line.wallMs).toBeGreaterThanOrEqual(before.wallMs);
        }
        for (const ordinal of all.keys()) {
          const isClocked = (line: (typeof lines)[number]): boolean => line.ordinal === ordinal && line.wallMs !== null;
          const positions = ordered.filter(isClocked).map(({ position }) => position);
          expect(positions).toEqual([...positions].sort((a, b) => a - b));
        }
      }),
    );
  });
});
