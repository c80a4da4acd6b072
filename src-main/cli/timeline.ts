import { basename } from 'node:path';
import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { commandLineFormats, type CommandLineFormat } from '../contract/export-format';
import { words } from '../contract/words/cli';
import { exportedSessionWords } from '../contract/words/timeline';
import { custodyOf, type ExportFacts, type SessionOrigin } from '../core/export/artifact';
import { joinPrepared } from '../core/export/join';
import type { PreparedExport } from '../core/export/prepare';
import type { Repairs } from '../core/export/repair';
import { renderReplayPage, renderTimeline, writeReplayFile, writeTimelineFile } from '../node/export/write-export';
import { createCasePseudonyms } from '../node/export/case-pseudonyms';
import { needFiles, needOption, readArguments, readPolicy } from './arguments';
import { readInput, type InputRecording } from './input';
import { exportFacts, prepareInput } from './prepare';
import type { Terminal } from './terminal';
import { caseReading, printRepaired, withRepairedStore } from './with-store';

const Format = v.picklist(commandLineFormats);

/** `timeline FILE… --format F [--policy P] [--out O] [--passphrase-file F]` */
export async function runTimeline(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    format: { type: 'string' },
    policy: { type: 'string' },
    out: { type: 'string' },
    'passphrase-file': { type: 'string' },
  });
  const files = needFiles(given);
  const wanted = needOption(given, 'format');
  if (wanted === 'pdf') throw new CasementError('pdf-needs-app');
  const format = v.safeParse(Format, wanted);
  if (!format.success) throw new CasementError('format-unknown', { name: wanted });
  const policy = await readPolicy(given.options.policy);
  const hasRecording = format.output === 'replay-html';

  await withRepairedStore(async (scratch, repairs) => {
    const reading = await caseReading(given, scratch);
    const pseudonyms = createCasePseudonyms();
    const recordings: InputRecording[] = [];
    const prepared: PreparedExport[] = [];
    for (const file of files) {
      const found = await readInput(file, terminal, reading);
      prepared.push(...(await prepareInput(found, policy, scratch, terminal, { pseudonyms, repairs, hasRecording })));
      recordings.push(...found);
    }
    const facts = exportFacts(titleOf(recordings), policy, terminal);
    const custody = custodyOf(facts, originOf(recordings, facts));
    await write({ format: format.output, out: given.options.out, repairs }, prepared, { ...facts, custody }, terminal);
    printRepaired(prepared, terminal);
  });
}

/** Returns the title of the case, or of the only recording. The names of other files may identify a user. */
function titleOf([first, ...more]: readonly InputRecording[]): string {
  const isOneCase = more.every(({ parentCase }) => parentCase !== undefined && parentCase === first?.parentCase);
  if (isOneCase && first?.content) return first.content.title;
  return more.length === 0 ? (first?.title ?? exportedSessionWords.single) : words.manyRecordings(more.length + 1);
}

function originOf(recordings: readonly InputRecording[], { generatedAt }: ExportFacts): SessionOrigin {
  return {
    action: 'imported',
    at: generatedAt,
    source: 'file',
    format: '',
    earlier: recordings.flatMap(({ custody }) => custody),
  };
}

/** Writes to a file, or to stdout if no file is given. */
async function write(
  { format, out, repairs }: { format: CommandLineFormat; out: string | undefined; repairs: Repairs },
  prepared: PreparedExport[],
  facts: ExportFacts,
  terminal: Terminal,
): Promise<void> {
  if (out === undefined) {
    const gate = { finds: repairs, signal: terminal.signal };
    const bytes =
      format === 'replay-html'
        ? await renderReplayPage(await terminal.readReplayTemplate(), prepared, facts, gate)
        : renderTimeline(format, joinPrepared(prepared), facts, gate);
    terminal.write(new TextDecoder().decode(bytes));
    return;
  }
  const order = { path: out, fileName: basename(out), facts, signal: terminal.signal, finds: repairs };
  const written =
    format === 'replay-html'
      ? await writeReplayFile({ ...order, template: await terminal.readReplayTemplate(), prepared })
      : await writeTimelineFile({ ...order, format, prepared: joinPrepared(prepared) });
  terminal.print(words.wrote(out, written.bytes));
}
