import type { CustodyRecord } from '../contract/case-format';
import { errorSentence } from '../contract/errors';
import type { RecordingFacts } from '../contract/session';
import type { SessionEvent } from '../contract/recorded-event';
import type { Note } from '../contract/note';
import { words } from '../contract/words/cli';
import { readCaseSessions, readCustody } from '../node/case-archive/case-sessions';
import { assertUnbroken, readCase } from '../node/case-archive/read-case';
import { fileInput, isZipFile, readRecordings } from '../node/recording-file';
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
}

/** The recordings of a FILE: of a recording one, of an archive or a case file one or more. Errors: recording-*, case-*, disk-*. */
export async function readInput(path: string, terminal: Terminal): Promise<InputRecording[]> {
  if (await isZipFile(path)) return readCaseInput(path);
  const { found, refused } = await readRecordings(await fileInput(path));
  for (const { name, error } of refused) terminal.say(words.refusedMember(name, errorSentence(error.toReply())));
  return found.map(({ events, facts }) => ({ title: undefined, events, facts, notes: [], custody: [] }));
}

async function readCaseInput(path: string): Promise<InputRecording[]> {
  const opened = await readCase(path);
  try {
    assertUnbroken(opened.verification);
    const sessions = await readCaseSessions(opened);
    const custody = await readCustody(opened);
    return sessions.map((session, ordinal) => ({ ...session, custody: ordinal === 0 ? custody : [] }));
  } finally {
    opened.close();
  }
}
