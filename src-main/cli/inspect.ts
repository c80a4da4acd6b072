import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordingFacts } from '../contract/session';
import { errorSentence } from '../contract/errors';
import { words } from '../contract/words/cli';
import { showRelative } from '../core/timeline/formats/document';
import { toPlainLine } from '../core/timeline/plain-text';
import { readCaseSessions } from '../node/case-archive/case-sessions';
import { readCase } from '../node/case-archive/read-case';
import { fileInput, isZipFile, readEach, type ReadFile } from '../node/recording-file';
import { openScratch } from '../node/vault/scratch';
import { needOneFile, readArguments } from './arguments';
import type { Terminal } from './terminal';

/** `inspect FILE [--json]` */
export async function runInspect(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, { json: { type: 'boolean' } });
  const found = await inspect(needOneFile(given));
  if (given.flags.has('json')) terminal.write(`${JSON.stringify(found, null, 2)}\n`);
  else terminal.write(describe(found));
}

type Inspected = Awaited<ReturnType<typeof inspect>>;

async function inspect(path: string) {
  if (await isZipFile(path)) {
    const opened = await readCase(path);
    try {
      const sessions = opened.verification.verdict === 'broken' ? [] : await readCaseSessions(opened);
      return { kind: 'case' as const, verification: opened.verification, recordings: sessions.map((s) => s.facts) };
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
  const folder = join(tmpdir(), `casement-${randomUUID()}`);
  const runs = await openScratch(folder);
  try {
    return await readEach(
      await fileInput(path),
      async ({ items }) => {
        for await (const _batch of items);
        return {};
      },
      { runs },
    );
  } finally {
    await runs.clear();
  }
}

function describe(found: Inspected): string {
  const parts = found.recordings.map(describeRecording);
  if (found.kind === 'case') {
    const { title, createdAt, software, policy, manifestHash, entries } = found.verification;
    const broken = entries.filter((entry) => !entry.isMatching).map((entry) => entry.path);
    parts.unshift(
      `case file   ${toPlainLine(title)}\nmade        ${createdAt} by ${toPlainLine(software)}\n` +
        `policy      ${toPlainLine(policy)}\nmanifest    ${manifestHash}\nverdict     ${broken.length > 0 ? words.broken(broken) : words.verified}\n`,
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
