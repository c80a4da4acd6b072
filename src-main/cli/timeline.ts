import { basename } from 'node:path';
import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { TimelineFormat } from '../contract/export-format';
import { words } from '../contract/words/cli';
import { joinPrepared } from '../core/export/join';
import { renderTimeline, writeExport } from '../node/write-export';
import { needOneFile, needOption, readArguments, readPolicy } from './arguments';
import { readInput } from './input';
import { exportFacts, prepareInput } from './prepare';
import type { Terminal } from './terminal';

/** `timeline FILE --format F [--policy P] [--out O]` */
export async function runTimeline(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    format: { type: 'string' },
    policy: { type: 'string' },
    out: { type: 'string' },
  });
  const file = needOneFile(given);
  const wanted = needOption(given, 'format');
  const format = v.safeParse(TimelineFormat, wanted);
  if (!format.success) throw new CasementError('format-unknown', { name: wanted });
  const policy = await readPolicy(given.options.policy);

  const recordings = await readInput(file, terminal);
  const prepared = joinPrepared(await prepareInput(recordings, policy, terminal));
  const title =
    recordings.length === 1 ? (recordings[0]?.title ?? 'Recorded session') : words.manyRecordings(recordings.length);
  const facts = exportFacts(title, policy, terminal);

  const { out } = given.options;
  if (out === undefined) {
    terminal.write(new TextDecoder().decode(renderTimeline(format.output, prepared, facts)));
    return;
  }
  const how = { action: 'imported' as const, at: facts.generatedAt, source: 'file', format: '' };
  const sessions = [{ prepared, how }];
  const { signal } = terminal;
  const written = await writeExport({
    path: out,
    fileName: basename(out),
    format: format.output,
    facts,
    policy,
    sessions,
    signal,
  });
  terminal.say(words.wrote(out, written.bytes));
}
