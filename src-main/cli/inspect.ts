import type { RecordingFacts } from '../contract/session';
import { errorSentence } from '../contract/errors';
import { judge } from '../contract/verdict';
import { words } from '../contract/words/cli';
import { showRelative } from '../core/timeline/formats/document';
import { toPlainLine } from '../core/timeline/plain-text';
import { factsFrom, listCaseRecordings } from '../node/case-archive/case-recordings';
import { openCase, type CaseReading } from '../node/case-archive/read-case';
import { fileInput } from '../node/files/file-input';
import { isCaseFile, readEach, readInAnyOrder, type ReadFile } from '../node/recording-file';
import { needOneFile, readArguments } from './arguments';
import type { Terminal } from './terminal';
import { caseReading, withStore } from './with-store';

/** `inspect FILE [--passphrase-file F] [--json]` */
export async function runInspect(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, { json: { type: 'boolean' }, 'passphrase-file': { type: 'string' } });
  const file = needOneFile(given);
  const found = await withStore(async (runs) => inspect(file, await caseReading(given, runs)));
  if (given.flags.has('json')) terminal.write(`${JSON.stringify(found, null, 2)}\n`);
  else terminal.write(describe(found));
}

type Inspected = Awaited<ReturnType<typeof inspect>>;

async function inspect(path: string, reading: CaseReading) {
  if (await isCaseFile(path)) {
    const opened = await openCase(path, reading);
    try {
      const verification = await opened.verify();
      const recordings: RecordingFacts[] = [];
      for (const { index, input } of verification.verdict === 'broken' ? [] : await listCaseRecordings(opened)) {
        const facts = await readInAnyOrder(
          input,
          async (read) => {
            for await (const _batch of read.items);
            return read.facts();
          },
          { repeats: 'keep' },
        );
        recordings.push(factsFrom(index, facts));
      }
      return { kind: 'case' as const, verification, recordings };
    } finally {
      opened.close();
    }
  }
  const { found, refused } = await readFacts(path);
  return {
    kind: found.length + refused.length === 1 ? ('recording' as const) : ('archive' as const),
    recordings: found.map(({ facts }) => facts),
    refused: refused.map(({ name, error }) => ({ name, ...error.toReply() })),
  };
}

/** Only what is told of the recordings is kept, however long they are. */
async function readFacts(path: string): Promise<ReadFile<object>> {
  return withStore(async (runs) =>
    readEach(
      await fileInput(path),
      async ({ items }) => {
        for await (const _batch of items);
        return {};
      },
      { runs },
    ),
  );
}

function describe(found: Inspected): string {
  const parts = found.recordings.map(describeRecording);
  if (found.kind === 'case') {
    const { title, createdAt, software, policy, manifestHash, entries } = found.verification;
    const { fingerprint = '' } = found.verification.signer ?? {};
    const broken = entries.filter((entry) => !entry.isMatching).map((entry) => entry.path);
    parts.unshift(
      `case file   ${toPlainLine(title)}\nmade        ${createdAt} by ${toPlainLine(software)}\n` +
        `policy      ${toPlainLine(policy)}\nmanifest    ${manifestHash}\nverdict     ${words.verdicts[judge(found.verification, []).verdict]({ broken, fingerprint, name: '' })}\n`,
    );
  } else {
    for (const { name, ...error } of found.refused) parts.push(`${words.refusedMember(name, errorSentence(error))}\n`);
  }
  return parts.join('\n');
}

function describeRecording(facts: RecordingFacts): string {
  const counts = Object.entries(facts.counts).map(([kind, count]) => `  ${String(count).padStart(8)}  ${kind}`);
  const damage = facts.damage.map(({ reason, count }) => `  ${String(count).padStart(8)}  ${reason}`);
  return [
    `format      ${toPlainLine(facts.format)}`,
    `windows     ${facts.windows.length}`,
    `events      ${facts.events}`,
    `started     ${new Date(facts.startedAt).toISOString()}`,
    `duration    ${showRelative(facts.durationMs)}`,
    `page size   ${facts.width} × ${facts.height}`,
    'counts',
    ...counts,
    damage.length > 0 ? 'damage' : 'damage      none',
    ...damage,
    '',
  ].join('\n');
}
