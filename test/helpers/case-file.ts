import { join } from 'node:path';
import { emptyReport } from './empty-report';
import type { Note } from '../../src-main/contract/note';
import type { SessionEvent } from '../../src-main/contract/recorded-event';
import type { RecordingFacts } from '../../src-main/contract/session';
import { buildCaseEntries, type CaseEntry, type CaseSession } from '../../src-main/core/casefile/entries';
import { RecordingWriter } from '../../src-main/core/export/redacted-recording';
import { createMemoryStore } from '../../src-main/core/recording/normalise/normalise';
import { factsFrom, listCaseRecordings } from '../../src-main/node/case-archive/case-recordings';
import type { OpenedCase } from '../../src-main/node/case-archive/read-case';
import { writeCase } from '../../src-main/node/case-archive/write-case';
import { readInAnyOrder } from '../../src-main/node/intake/recording-file';
import { tinyRecording } from './recordings';

export const caseHead = {
  title: 'Payment fails',
  created: '2026-11-23T10:00:00.000Z',
  software: 'Casement test',
  redaction: { policy: 'private-by-default', policyVersion: 2 },
};

export async function tinySession(notes: Note[] = []): Promise<CaseSession> {
  const writer = new RecordingWriter(createMemoryStore());
  tinyRecording().forEach((event) => writer.add(event));
  return {
    title: 'Payment fails',
    format: 'array',
    startedAt: 1_700_000_000_000,
    durationMs: 900,
    recording: await writer.finish(),
    entries: [],
    notes,
    custody: [],
    report: emptyReport,
  };
}

export async function collectEntries(sessions: CaseSession[]): Promise<CaseEntry[]> {
  const entries: CaseEntry[] = [];
  for await (const entry of buildCaseEntries(sessions, [])) entries.push(entry);
  return entries;
}

export async function tinyCaseEntries(notes: Note[] = []): Promise<CaseEntry[]> {
  return collectEntries([await tinySession(notes)]);
}

/** Returns the entries of a case file with two tabs whose headings change every millisecond, in events of a kilobyte: several chunks each. */
export async function longCaseEntries(changes: number, ...more: CaseSession[]): Promise<CaseEntry[]> {
  const writer = new RecordingWriter(createMemoryStore());
  const session = await tinySession();
  for (const { event } of tinyRecording()) for (const windowId of ['1', '2']) writer.add({ windowId, event });
  for (let count = 0; count < changes; count++) {
    const texts = [{ id: 5, value: `Line ${count}` }];
    const attributes = [{ id: 4, attributes: { title: `${count} ${'ä'.repeat(450)}` } }];
    const data = { source: 0, texts, attributes, removes: [], adds: [] };
    const event = { type: 3, data, timestamp: session.startedAt + 1000 + count };
    writer.add({ windowId: count % 3 ? '1' : '2', event });
    if (count % 1000 === 0) await writer.flush();
  }
  return collectEntries([{ ...session, durationMs: 1000 + changes, recording: await writer.finish() }, ...more]);
}

/** Writes a small, valid case file. */
export async function writeTinyCase(folder: string, notes: Note[] = []): Promise<string> {
  const path = join(folder, 'tiny.casement');
  await writeCase(path, caseHead, await tinyCaseEntries(notes), { check: () => undefined });
  return path;
}

/** Returns everything that an opened case file contains about its sessions. */
export async function readCaseSessions(
  opened: OpenedCase,
): Promise<{ title: string; notes: Note[]; events: SessionEvent[]; facts: RecordingFacts }[]> {
  const sessions = [];
  for (const { title, notes, index, input } of await listCaseRecordings(opened)) {
    const read = await readInAnyOrder(
      input,
      async (reading) => {
        const events: SessionEvent[] = [];
        for await (const batch of reading.items) {
          for (const item of batch)
            if (item.kind === 'event') events.push({ windowId: item.windowId, event: item.event });
        }
        return { events, facts: reading.facts() };
      },
      { repeats: 'keep' },
    );
    sessions.push({ title, notes, events: read.events, facts: factsFrom(index, read.facts) });
  }
  return sessions;
}
