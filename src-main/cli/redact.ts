import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { words } from '../contract/words/cli';
import { encodeText } from '../core/casefile/text';
import type { PreparedExport } from '../core/export/prepare';
import { writeRecording } from '../core/export/recording';
import type { RedactedRecording } from '../core/export/redacted-recording';
import { writeFileAtomically } from '../node/files/atomic-write';
import { onDisk } from '../node/files/disk-errors';
import { gateFor } from '../node/export/write-export';
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
    const prepared = await prepareInput(input, policy, scratch, terminal, { repairs });
    const assertClean = gateFor(prepared, { signal: terminal.signal, finds: repairs });

    // Everything passes the gate before anything is written: a refusal leaves nothing on the disk.
    assertClean(encodeText(basename(out)), 'file-name');
    const recordings = [];
    for (const [ordinal, { recording }] of prepared.entries()) {
      const path = prepared.length === 1 ? out : join(out, `recording-${ordinal + 1}.json`);
      const bytes = await renderRecording(recording);
      assertClean.hold(bytes, 'recording');
      recordings.push({ path, bytes: path.endsWith('.gz') ? gzipSync(bytes) : bytes });
    }
    const report =
      given.options.report === undefined ? undefined : { path: given.options.report, bytes: encodeReport(prepared) };
    if (report) {
      assertClean(encodeText(basename(report.path)), 'file-name');
      assertClean.hold(report.bytes, 'redaction-report');
    }
    assertClean.settle();

    if (prepared.length > 1) await onDisk(() => mkdir(out, { recursive: true }));
    for (const { path, bytes } of recordings) {
      await writeFileAtomically(path, bytes);
      terminal.print(words.wrote(path, bytes.length));
    }
    if (report) await writeFileAtomically(report.path, report.bytes);
    printRepaired(prepared, terminal);
  });
}

async function renderRecording(recording: RedactedRecording): Promise<Uint8Array> {
  const hasWindows = new Set(recording.segments.map(({ windowId }) => windowId)).size > 1;
  const parts: Uint8Array[] = [];
  for await (const text of writeRecording(recording.events(), hasWindows)) parts.push(encodeText(text));
  return Buffer.concat(parts);
}

/** Encodes the report of a single recording, or the list of reports of several. */
function encodeReport(prepared: readonly PreparedExport[]): Uint8Array {
  const reports = prepared.map(({ report }) => report);
  return encodeText(`${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`);
}
