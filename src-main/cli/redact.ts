import { mkdir, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { words } from '../contract/words/cli';
import { encodeText } from '../core/casefile/text';
import type { PreparedExport } from '../core/export/prepare';
import { writeRecording } from '../core/export/recording';
import { CasementError } from '../contract/errors';
import type { RedactedRecording } from '../core/export/redacted-recording';
import { writeFileAtomically } from '../node/files/atomic-write';
import { onDisk } from '../node/files/disk-errors';
import { gateFor } from '../node/export/write-export';
import type { Gate } from '../node/gate/gate';
import { needOneFile, needOption, readArguments, readPolicy } from './arguments';
import { readInput } from './input';
import { prepareInput } from './prepare';
import type { Terminal } from './terminal';
import { caseReading, printRepaired, withRepairedStore } from './with-store';

/** `redact FILE --out O [--policy P] [--report R]`. For a file with several recordings, O is a folder. */
export async function runRedact(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    out: { type: 'string' },
    policy: { type: 'string' },
    report: { type: 'string' },
    'passphrase-file': { type: 'string' },
  });
  const file = needOneFile(given);
  const out = needOption(given, 'out');
  const policy = await readPolicy(given.options.policy);
  await withRepairedStore(async (scratch, repairs) => {
    const input = await readInput(file, terminal, await caseReading(given, scratch));
    if (input.every(({ facts }) => facts.windows.length === 0))
      throw new CasementError('usage', { reason: words.onlyTimeline });
    const prepared = await prepareInput(input, policy, scratch, terminal, { repairs });
    const assertClean = gateFor(prepared, { signal: terminal.signal, finds: repairs });
    assertClean(encodeText(basename(out)), 'file-name');
    const files = prepared.map(({ recording }, ordinal): OutputFile => ({
      path: prepared.length === 1 ? out : join(out, `recording-${ordinal + 1}.json`),
      parts: () => checkedParts(recording, assertClean),
    }));
    if (given.options.report !== undefined) {
      const path = given.options.report;
      const bytes = encodeReport(prepared);
      assertClean(encodeText(basename(path)), 'file-name');
      assertClean.hold(bytes, 'redaction-report');
      files.push({ path, parts: () => [bytes] });
    }
    const write = (): Promise<WrittenFile[]> => writeAll(files, assertClean);
    const written = prepared.length === 1 ? await write() : await inFolder(out, write);
    for (const { path, bytes } of written.slice(0, prepared.length)) terminal.print(words.wrote(path, bytes));
    printRepaired(prepared, terminal);
  });
}

interface OutputFile {
  path: string;
  /** Returns the content in parts. Throws leak-refused. */
  parts: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

interface WrittenFile {
  path: string;
  bytes: number;
}

/**
 * Writes all files or none: a file gets its name only when those after it are complete and all passed the gate. Throws disk-*, and the
 * errors of the contents.
 */
async function writeAll([first, ...others]: readonly OutputFile[], assertClean: Gate): Promise<WrittenFile[]> {
  if (!first) {
    assertClean.settle();
    return [];
  }
  const { path, parts } = first;
  let bytes = 0;
  let later: WrittenFile[] = [];
  await writeFileAtomically(
    path,
    (file) =>
      pipeline(Readable.from(parts()), path.endsWith('.gz') ? createGzip() : new PassThrough(), async (written) => {
        for await (const part of written as AsyncIterable<Buffer>) {
          bytes += part.length;
          await file.writeFile(part);
        }
      }),
    async () => {
      later = await writeAll(others, assertClean);
    },
  );
  return [{ path, bytes }, ...later];
}

/** Creates a folder for the files, and removes it if nothing is written. Throws disk-*. */
async function inFolder<T>(folder: string, write: () => Promise<T>): Promise<T> {
  const created = await onDisk(() => mkdir(folder, { recursive: true }));
  try {
    return await write();
  } catch (error) {
    if (created !== undefined) await rmdir(folder).catch(() => undefined);
    throw error;
  }
}

/** The length of a part of a written recording, in characters. */
const partLength = 4_000_000;

/** Yields a redacted recording in parts that the gate has read. Each ends with an event. Throws leak-refused. */
async function* checkedParts(recording: RedactedRecording, assertClean: Gate): AsyncGenerator<Uint8Array> {
  const hasWindows = new Set(recording.segments.map(({ windowId }) => windowId)).size > 1;
  let texts: string[] = [];
  let length = 0;
  const part = (): Uint8Array => {
    const bytes = encodeText(texts.join(''));
    texts = [];
    length = 0;
    assertClean.hold(bytes, 'recording');
    return bytes;
  };
  for await (const text of writeRecording(recording.events(), hasWindows)) {
    texts.push(text);
    length += text.length;
    if (length >= partLength) yield part();
  }
  yield part();
}

/** Encodes the report of a single recording, or the list of reports of several. */
function encodeReport(prepared: readonly PreparedExport[]): Uint8Array {
  const reports = prepared.map(({ report }) => report);
  return encodeText(`${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`);
}
