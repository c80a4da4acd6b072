import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasCode } from '../../../src-main/contract/errors';
import type { Note } from '../../../src-main/contract/note';
import type { SessionEvent } from '../../../src-main/contract/recorded-event';
import { KeyedMutex } from '../../../src-main/contract/shared/mutex';
import type { TimelineEntry } from '../../../src-main/contract/timeline';
import { defaultThresholds } from '../../../src-main/contract/settings';
import { buildCaseEntries } from '../../../src-main/core/casefile/entries';
import { caseSession } from '../../../src-main/core/export/artifact';
import { prepareExport, type PreparedExport } from '../../../src-main/core/export/prepare';
import { inputOf } from '../../../src-main/core/recording/parse';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { openCase } from '../../../src-main/node/case-archive/read-case';
import { writeCase } from '../../../src-main/node/case-archive/write-case';
import { readRecordings, type FoundRecording } from '../../../src-main/node/intake/recording-file';
import { generateSigningKey, openSigner } from '../../../src-main/node/signing/ed25519';
import { readEvents } from '../../../src-main/node/vault/vault';
import { readTimelineBy } from '../../../src-main/worker/jobs/library/timelines';
import { importCase } from '../../../src-main/worker/jobs/import/import-case';
import { caseHead, readCaseSessions } from '../../helpers/case-file';
import { SeededRandom } from '../../helpers/seeded-random';
import { readFixtureRecordings, type FixtureRecording } from '../../helpers/fixture-recordings';
import { makeTempFolder } from '../../helpers/temp-folder';
import { openVault } from '../../helpers/viewed-vault';

/** Recordings up to this number of events are all tested; of the longer ones, a random one unless CASEMENT_ALL_RECORDINGS is set. */
const shortEvents = 300;

interface Packed {
  title: string;
  notes: Note[];
  events: SessionEvent[];
  /** The timeline of the export, without its notes. */
  entries: TimelineEntry[];
}

/** Reads a recording like any file. Returns undefined if it has no replayable page. */
async function read({ events }: FixtureRecording): Promise<FoundRecording | undefined> {
  try {
    return (await readRecordings(inputOf(Buffer.from(JSON.stringify(events))))).found[0];
  } catch (error) {
    if (hasCode(error, 'recording-*')) return undefined;
    throw error;
  }
}

function notesFor(durationMs: number): Note[] {
  const note = (ordinal: number, more: Partial<Note>): Note => ({
    id: `n-000${ordinal}`,
    atMs: 0,
    text: `Note ${ordinal}`,
    ...more,
  });
  return [
    note(1, { tags: ['checkout'], severity: 'warning' }),
    note(2, {
      atMs: Math.floor(durationMs / 2),
      endMs: durationMs + 1,
      text: 'From here on, “nothing” works.\nNot once.',
    }),
    note(3, { atMs: durationMs, isBookmark: true, text: '' }),
  ];
}

async function eventsOf(source: AsyncIterable<SessionEvent>): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  for await (const event of source) events.push(event);
  return inTime(events);
}

/**
 * Sorts events by tab, then by time, as a reader does, because redaction may move an event past another. Tabs are numbered in order of
 * appearance, as by a reader.
 */
function inTime(events: readonly SessionEvent[]): SessionEvent[] {
  const numbers = new Map<string, string>();
  for (const { windowId } of events) if (!numbers.has(windowId)) numbers.set(windowId, String(numbers.size + 1));
  return events
    .map(({ windowId, event }) => ({ windowId: numbers.get(windowId) ?? '', event }))
    .sort((a, b) => a.windowId.localeCompare(b.windowId) || a.event.timestamp - b.event.timestamp);
}

/** A reader numbers the windows. */
function withoutWindow({ windowId: _windowId, ...entry }: TimelineEntry): Omit<TimelineEntry, 'windowId'> {
  return entry;
}

/** Packs recordings into one signed case file. Returns its expected contents. */
async function pack(path: string, recordings: readonly FixtureRecording[]): Promise<Packed[]> {
  const packed: Packed[] = [];
  const sessions = [];
  const policy = findPolicy('private-by-default');
  for (const recording of recordings) {
    const found = await read(recording);
    if (!found) continue;
    const { startedAt, durationMs, format } = found.facts;
    const notes = notesFor(durationMs);
    const prepared: PreparedExport = await prepareExport(found.events, { policy, notes, startedAt });
    const facts = {
      title: recording.name,
      software: 'Casement test',
      policy: policy.name,
      generatedAt: caseHead.created,
    };
    sessions.push(caseSession(prepared, facts, { action: 'imported', at: caseHead.created, source: 'file', format }));
    const entries = prepared.entries.filter(({ kind }) => kind !== 'note');
    packed.push({ title: recording.name, notes, entries, events: await eventsOf(prepared.recording.events()) });
  }
  const signer = openSigner(generateSigningKey());
  await writeCase(path, caseHead, buildCaseEntries(sessions, []), { check: () => undefined, signer });
  return packed;
}

async function expectRoundTrip(recordings: readonly FixtureRecording[]): Promise<number> {
  const path = join(await makeTempFolder(), 'round.casement');
  const packed = await pack(path, recordings);
  if (packed.length === 0) return 0;

  const opened = await openCase(path);
  expect(await opened.verify()).toMatchObject({ verdict: 'signed' });
  const sessions = await readCaseSessions(opened);
  opened.close();
  expect(sessions.map(({ title, notes, events }) => ({ title, notes, events: inTime(events) }))).toEqual(
    packed.map(({ title, notes, events }) => ({ title, notes, events })),
  );

  const vault = await openVault();
  const signal = new AbortController().signal;
  await importCase(vault, path, {
    thresholds: defaultThresholds,
    now: 1,
    signal,
    sha256: '0'.repeat(64),
    before: new Map(),
    onStored: () => Promise.resolve(),
  });
  const stored = await vault.list();
  expect(stored).toHaveLength(packed.length);
  for (const { title, notes, events, entries } of packed) {
    const id = stored.find((session) => session.title === title)?.id ?? '';
    expect(await eventsOf(readEvents(vault, id)), title).toEqual(events);
    expect(await vault.readNotes(id), title).toEqual(notes);
    const shown = await readTimelineBy(vault, new KeyedMutex(), id, { ...defaultThresholds, rageClicks: 20 });
    expect(shown.map(withoutWindow), title).toEqual(entries.map(withoutWindow));
  }
  await vault.close();
  return packed.length;
}

describe('a recording after packing, verifying and opening', () => {
  const recordings = readFixtureRecordings();
  const short = recordings.filter(({ events }) => events.length <= shortEvents);
  const long = recordings.filter(({ events }) => events.length > shortEvents);
  const seed = Number(process.env.CASEMENT_SEED ?? randomInt(1_000_000));
  const chosen = process.env.CASEMENT_ALL_RECORDINGS === '1' ? long : [new SeededRandom(seed).pick(long)];

  it('has the same events and notes: all short recordings in one case file', async () => {
    expect(await expectRoundTrip(short)).toBeGreaterThan(short.length / 2);
  });

  it.each(chosen)(`has the same events and notes: $name (seed ${seed})`, async (recording) => {
    expect(await expectRoundTrip([recording])).toBe(1);
  });
});
