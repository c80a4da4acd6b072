import { basename } from 'node:path';
import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { TimelineFormat } from '../contract/export-format';
import { words } from '../contract/words/cli';
import { joinPrepared } from '../core/export/join';
import { renderTimeline, writeTimelineFile } from '../node/write-export';
import { needOneFile, needOption, readArguments, readPolicy } from './arguments';
import { readInput } from './input';
import { exportFacts, prepareInput } from './prepare';
import type { Terminal } from './terminal';
import { caseReading, withStore } from './with-store';

/** `timeline FILE --format F [--policy P] [--out O] [--passphrase-file F]` */
export async function runTimeline(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    format: { type: 'string' },
    policy: { type: 'string' },
    out: { type: 'string' },
    'passphrase-file': { type: 'string' },
  });
  const file = needOneFile(given);
  const wanted = needOption(given, 'format');
  const format = v.safeParse(TimelineFormat, wanted);
  if (!format.success) throw new CasementError('format-unknown', { name: wanted });
  const policy = await readPolicy(given.options.policy);

  await withStore(async (runs) => {
    const recordings = await readInput(file, terminal, await caseReading(given, runs));
    const prepared = joinPrepared(await prepareInput(recordings, policy, runs, terminal));
    const title =
      recordings.length === 1 ? (recordings[0]?.title ?? 'Recorded session') : words.manyRecordings(recordings.length);
    const facts = exportFacts(title, policy, terminal);

    const { out } = given.options;
    if (out === undefined) {
      terminal.write(new TextDecoder().decode(renderTimeline(format.output, prepared, facts)));
      return;
    }
    const order = { path: out, fileName: basename(out), format: format.output, facts, prepared };
    const written = await writeTimelineFile({ ...order, signal: terminal.signal });
    terminal.say(words.wrote(out, written.bytes));
  });
}
