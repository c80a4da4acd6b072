import type { CustodyRecord } from '../contract/case-format';
import { errorSentence } from '../contract/errors';
import type { SessionEvent } from '../contract/recorded-event';
import type { RecordingFacts } from '../contract/session';
import type { Note } from '../contract/note';
import type { TimelineEntry } from '../contract/timeline';
import { timelineFacts } from '../core/import/timeline-facts';
import { numberWindows } from '../core/timeline/number-windows';
import { clockOf, type SessionClock } from '../contract/shared/timeline-order';
import { words } from '../contract/words/cli';
import { readCaseContent, type CaseContent } from '../node/case-archive/case-content';
import { factsFrom, listCaseRecordings, readCustody } from '../node/case-archive/case-recordings';
import { assertUnbroken, openCase } from '../node/case-archive/read-case';
import { fileInput } from '../node/files/file-input';
import { isCaseFile } from '../node/case-archive/is-case-file';
import { isTimelineFile } from '../node/intake/sniff-file';
import { readEach, readInAnyOrder } from '../node/intake/recording-file';
import { storeEvents } from './stored-events';
import type { RecordingInput } from '../core/recording/parse';
import type { Terminal } from './terminal';
import { readTimelineFile } from './timeline-file';
import type { InputReading } from './with-store';

/** A recording of the input FILE, which may be inside an archive or a case file. */
export interface InputRecording {
  /** The title in the case file. Undefined for other files: names in an archive may identify the user. */
  title: string | undefined;
  events: AsyncIterable<SessionEvent> | Iterable<SessionEvent>;
  /** The number of events, or of entries if there is only a timeline. */
  count: number;
  facts: RecordingFacts;
  /** Its place among the others. */
  clock: SessionClock | undefined;
  notes: Note[];
  /** Its timeline, if it comes from a case file, or from a platform without replay. */
  exported?: TimelineEntry[] | undefined;
  /** Its earlier chain of custody. A case file has one list for all recordings, which is set for the first one. */
  custody: CustodyRecord[];
  /** The manifest hash of the case file that it comes from. */
  parentCase?: string;
  /** The contents of a complete case besides its recordings. Set for the first recording. */
  content?: CaseContent | undefined;
}

/**
 * Returns the recordings of a FILE: a recording, an archive, or a case file. Their events are in the store of `reading`, so that a
 * recording may be longer than the memory. Throws recording-*, case-*,
 * passphrase-*, disk-*.
 */
export async function readInput(path: string, terminal: Terminal, reading: InputReading): Promise<InputRecording[]> {
  if (await isCaseFile(path)) return readCaseInput(path, reading);
  const input = await fileInput(path);
  if (await isTimelineFile(input)) return [await readTimelineInput(input)];
  const { scratch } = reading;
  const { found, refused } = await readEach(input, async (recording) => storeEvents(recording, scratch), { scratch });
  for (const { name, error } of refused) terminal.print(words.refusedMember(name, errorSentence(error.toReply())));
  return found.map(({ events, count, facts }) => {
    const clock = clockOf(facts.startedAt);
    return { title: undefined, events, count, facts, clock, notes: [], custody: [] };
  });
}

async function readTimelineInput(input: RecordingInput): Promise<InputRecording> {
  const { entries, facts } = await readTimelineFile(input);
  const clock = clockOf(facts.startedAt);
  return {
    title: undefined,
    events: [],
    count: entries.length,
    facts,
    clock,
    notes: [],
    custody: [],
    exported: entries,
  };
}

async function readCaseInput(path: string, reading: InputReading): Promise<InputRecording[]> {
  const opened = await openCase(path, reading);
  try {
    assertUnbroken(await opened.verify());
    const custody = await readCustody(opened);
    const content = await readCaseContent(opened);
    const recordings: InputRecording[] = [];
    for (const { title, notes, index, entries, input } of await listCaseRecordings(opened)) {
      const common = {
        title,
        notes,
        clock: clockOf(index.startedAt, { id: opened.manifestHash, position: index.position }),
        custody: recordings.length === 0 ? custody : [],
        parentCase: opened.manifestHash,
        content: recordings.length === 0 ? content : undefined,
      };
      if (entries && index.chunks.length === 0) {
        const count = entries.length;
        recordings.push({
          ...common,
          exported: entries,
          events: [],
          count,
          facts: timelineFacts({ ...index, events: count }),
        });
        continue;
      }
      const read = await readInAnyOrder(
        input,
        async (recording) => ({
          ...(await storeEvents(recording, reading.scratch)),
          facts: recording.facts(),
          exported: entries && numberWindows(entries, recording.windowNumbers()),
        }),
        { repeats: 'keep', scratch: reading.scratch },
      );
      recordings.push({
        ...common,
        exported: read.exported,
        events: read.events,
        count: read.count,
        facts: factsFrom(index, read.facts),
      });
    }
    return recordings;
  } finally {
    opened.close();
  }
}
