import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { words } from '../contract/words/cli';
import { encodeText } from '../core/casefile/text';
import { writeRecording } from '../core/export/recording';
import { writeFileAtomically } from '../node/files/atomic-write';
import { onDisk } from '../node/files/disk-errors';
import { gateFor } from '../node/write-export';
import { needOneFile, needOption, readArguments, readPolicy } from './arguments';
import { readInput } from './input';
import { prepareInput } from './prepare';
import type { Terminal } from './terminal';

/** `redact FILE --out O [--policy P] [--report R]`. Of a file with several recordings, O is the folder that they go to. */
export async function runRedact(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    out: { type: 'string' },
    policy: { type: 'string' },
    report: { type: 'string' },
  });
  const file = needOneFile(given);
  const out = needOption(given, 'out');
  const policy = await readPolicy(given.options.policy);
  const prepared = await prepareInput(await readInput(file, terminal), policy, terminal);
  const assertClean = gateFor(prepared);

  if (prepared.length > 1) await onDisk(() => mkdir(out, { recursive: true }));
  for (const [ordinal, { events }] of prepared.entries()) {
    const path = prepared.length === 1 ? out : join(out, `recording-${ordinal + 1}.json`);
    const bytes = encodeText(writeRecording(events));
    assertClean(encodeText(basename(path)), 'file name');
    assertClean(bytes, 'recording');
    const written = path.endsWith('.gz') ? gzipSync(bytes) : bytes;
    await writeFileAtomically(path, written);
    terminal.say(words.wrote(path, written.length));
  }
  const { report } = given.options;
  if (report !== undefined) {
    const reports = prepared.map((one) => one.report);
    const bytes = encodeText(`${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`);
    assertClean(bytes, 'redaction report');
    await writeFileAtomically(report, bytes);
  }
}
