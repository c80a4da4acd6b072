import { basename } from 'node:path';
import * as v from 'valibot';
import { CaseTitle } from '../contract/case-format';
import { CasementError } from '../contract/errors';
import { words } from '../contract/words/cli';
import { writeExport, type ExportOrder } from '../node/write-export';
import { needOption, readArguments, readPolicy } from './arguments';
import { readInput } from './input';
import { exportFacts, prepareInput } from './prepare';
import type { Terminal } from './terminal';

/** `pack FILE… --out X.casement [--policy P] [--title T]` */
export async function runPack(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, { out: { type: 'string' }, policy: { type: 'string' }, title: { type: 'string' } });
  if (given.files.length === 0) throw new CasementError('usage', { reason: words.wantsFiles });
  const out = needOption(given, 'out');
  const policy = await readPolicy(given.options.policy);
  const title = given.options.title ?? 'Recorded session';
  // A longer one would make a case file that no reader opens.
  if (!v.is(CaseTitle, title)) throw new CasementError('usage', { reason: words.longTitle });
  const facts = exportFacts(title, policy, terminal);

  const sessions: ExportOrder['sessions'] = [];
  for (const file of given.files) {
    const recordings = await readInput(file, terminal);
    for (const [index, prepared] of (await prepareInput(recordings, policy, terminal)).entries()) {
      const format = recordings[index]?.facts.format ?? '';
      const earlier = recordings[index]?.custody ?? [];
      sessions.push({ prepared, how: { action: 'imported', at: facts.generatedAt, source: 'file', format, earlier } });
    }
  }
  const { signal } = terminal;
  const written = await writeExport({
    path: out,
    fileName: basename(out),
    format: 'case',
    facts,
    policy,
    sessions,
    signal,
  });
  terminal.say(words.wrote(out, written.bytes));
}
