import type { CustodyRecord } from '../contract/case-format';
import { errorSentence } from '../contract/errors';
import type { RecordingFacts } from '../contract/session';
import type { SessionEvent } from '../contract/recorded-event';
import type { Note } from '../contract/note';
import { clockOf, type SessionClock } from '../contract/shared/timeline-order';
import { words } from '../contract/words/cli';
import { readCaseContent, type CaseContent } from '../node/case-archive/case-content';
import { factsFrom, listCaseRecordings, readCustody } from '../node/case-archive/case-recordings';
import { assertUnbroken, openCase, type CaseReading } from '../node/case-archive/read-case';
import { fileInput } from '../node/files/file-input';
import { isCaseFile } from '../node/case-archive/is-case-file';
import { readInAnyOrder, readRecordings } from '../node/intake/recording-file';
import type { Terminal } from './terminal';

/** A recording of the input FILE, which may be inside an archive or a case file. */
export interface InputRecording {
  /** The title in the case file. Undefined for other files: names in an archive may identify the user. */
  title: string | undefined;
  events: SessionEvent[];
  facts: RecordingFacts;
  /** Its place among the others. */
  clock: SessionClock | undefined;
  notes: Note[];
  /** Its earlier chain of custody. A case file has one list for all recordings, which is set for the first one. */
  custody: CustodyRecord[];
  /** The manifest hash of the case file that it comes from. */
  parentCase?: string;
  /** The contents of a complete case besides its recordings. Set for the first recording. */
  content?: CaseContent | undefined;
}

/** Returns the recordings of a FILE: a recording, an archive, or a case file. Throws recording-*, case-*, passphrase-*, disk-*. */
export async function readInput(path: string, terminal: Terminal, reading: CaseReading): Promise<InputRecording[]> {
  if (await isCaseFile(path)) return readCaseInput(path, reading);
  const { found, refused } = await readRecordings(await fileInput(path));
  for (const { name, error } of refused) terminal.print(words.refusedMember(name, errorSentence(error.toReply())));
  return found.map(({ events, facts }) => {
    const clock = clockOf(facts.startedAt);
    return { title: undefined, events, facts, clock, notes: [], custody: [] };
  });
}

async function readCaseInput(path: string, reading: CaseReading): Promise<InputRecording[]> {
  const opened = await openCase(path, reading);
  try {
    assertUnbroken(await opened.verify());
    const custody = await readCustody(opened);
    const content = await readCaseContent(opened);
    const recordings: InputRecording[] = [];
    for (const { title, notes, index, input } of await listCaseRecordings(opened)) {
      const read = await readInAnyOrder(
        input,
        async (reading) => {
          const events: SessionEvent[] = [];
          for await (const batch of reading.items)
            for (const item of batch) if (item.kind === 'event') events.push(item);
          return { events: events.map(({ windowId, event }) => ({ windowId, event })), facts: reading.facts() };
        },
        { repeats: 'keep' },
      );
      recordings.push({
        title,
        notes,
        events: read.events,
        facts: factsFrom(index, read.facts),
        clock: clockOf(index.startedAt, { id: opened.manifestHash, position: index.position }),
        custody: recordings.length === 0 ? custody : [],
        parentCase: opened.manifestHash,
        content: recordings.length === 0 ? content : undefined,
      });
    }
    return recordings;
  } finally {
    opened.close();
  }
}
