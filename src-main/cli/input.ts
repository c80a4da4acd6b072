import type { CustodyRecord } from '../contract/case-format';
import { errorSentence } from '../contract/errors';
import type { RecordingFacts } from '../contract/session';
import type { SessionEvent } from '../contract/recorded-event';
import type { Note } from '../contract/note';
import { words } from '../contract/words/cli';
import { readCaseContent, type CaseContent } from '../node/case-archive/case-content';
import { factsFrom, listCaseRecordings, readCustody } from '../node/case-archive/case-recordings';
import { assertUnbroken, openCase, type CaseReading } from '../node/case-archive/read-case';
import { fileInput } from '../node/files/file-input';
import { isCaseFile } from '../node/case-archive/is-case-file';
import { readInAnyOrder, readRecordings } from '../node/intake/recording-file';
import type { Terminal } from './terminal';

/** One recording of a FILE, wherever it lay. */
export interface InputRecording {
  /** A case's title, or the recording's ordinal: names within archives may say whose they are. */
  title: string | undefined;
  events: SessionEvent[];
  facts: RecordingFacts;
  notes: Note[];
  /** What was done with it before. A case file keeps one list for all, so its first recording brings that along. */
  custody: CustodyRecord[];
  /** The manifest's hash of the case file that it came from. */
  parentCase?: string;
  /** Of the first recording of a whole case: what the case file says beside its recordings. */
  content?: CaseContent | undefined;
}

/** The recordings of a FILE: of a recording one, of an archive or a case file one or more. Errors: recording-*, case-*, passphrase-*, disk-*. */
export async function readInput(path: string, terminal: Terminal, reading: CaseReading): Promise<InputRecording[]> {
  if (await isCaseFile(path)) return readCaseInput(path, reading);
  const { found, refused } = await readRecordings(await fileInput(path));
  for (const { name, error } of refused) terminal.print(words.refusedMember(name, errorSentence(error.toReply())));
  return found.map(({ events, facts }) => ({ title: undefined, events, facts, notes: [], custody: [] }));
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
