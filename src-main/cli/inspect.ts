import { missingKinds, type MissingOnPage, type RecordingFacts } from '../contract/session';
import { CasementError, errorSentence } from '../contract/errors';
import { words } from '../contract/words/cli';
import { missingFilesWords } from '../contract/words/missing-files';
import { MissingFilesPass } from '../core/import/missing-pass';
import { formatRelative } from '../core/timeline/formats/document';
import { toPlainLine } from '../core/text/plain-line';
import { readIndexes } from '../node/case-archive/case-recordings';
import { openCase, type CaseReading } from '../node/case-archive/read-case';
import { fileInput } from '../node/files/file-input';
import { isCaseFile } from '../node/case-archive/is-case-file';
import { isTimelineFile } from '../node/intake/sniff-file';
import { readEach, type ReadFile } from '../node/intake/recording-file';
import { needOneFile, readArguments } from './arguments';
import type { Terminal } from './terminal';
import { readTimelineFile } from './timeline-file';
import { caseReading, withStore } from './with-store';

/** `inspect FILE [--passphrase-file F] [--json]` */
export async function runInspect(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, { json: { type: 'boolean' }, 'passphrase-file': { type: 'string' } });
  const file = needOneFile(given);
  const found = await withStore(async (scratch) => inspect(file, await caseReading(given, scratch)));
  if (given.flags.has('json')) terminal.write(`${JSON.stringify(found, null, 2)}\n`);
  else terminal.write(describe(found));
}

type Inspected = Awaited<ReturnType<typeof inspect>>;
type IndexFacts = Extract<Inspected, { kind: 'case' }>['recordings'][number];

async function inspect(path: string, reading: CaseReading) {
  if (await isCaseFile(path)) return inspectCase(path, reading);
  const { found, refused } = await readFacts(path);
  return {
    kind: found.length + refused.length === 1 ? ('recording' as const) : ('archive' as const),
    recordings: found.map(({ facts, missing }) => ({ ...facts, missing })),
    refused: refused.map(({ name, error }) => ({ name, ...error.toReply() })),
  };
}

/**
 * Reads only the directory, the manifest, its signature and the indexes of a case file, and checks their hashes. This is fast for a file of
 * any size; `verify` checks the rest. Throws case-changed, and the errors of `openCase`.
 */
async function inspectCase(path: string, reading: CaseReading) {
  const opened = await openCase(path, reading);
  try {
    const { manifest, manifestHash, signer, isNamed } = opened;
    if (!isNamed) throw new CasementError('case-changed', { path: 'datapackage.json' });
    const recordings = (await readIndexes(opened)).map(
      ({ index: { title, format, startedAt, durationMs, chunks } }) => ({
        title,
        format,
        startedAt,
        durationMs,
        events: chunks.reduce((sum, { events }) => sum + events, 0),
        // In version 1, only the events contain their window id.
        ...(manifest.formatVersion >= 2 && { windows: [...new Set(chunks.map(({ windowId }) => windowId))] }),
      }),
    );
    return {
      kind: 'case' as const,
      title: manifest.title,
      formatVersion: manifest.formatVersion,
      createdAt: manifest.created,
      software: manifest.software,
      policy: manifest.redaction.policy,
      manifestHash,
      signature: typeof signer === 'string' ? { state: signer } : { state: 'holds' as const, ...signer },
      contents: manifest.resources.map(({ path: entry, bytes }) => ({ path: entry, bytes })),
      isVerified: false,
      recordings,
    };
  } finally {
    opened.close();
  }
}

/** Reads the recordings and keeps only their facts in memory. */
async function readFacts(path: string): Promise<ReadFile<{ missing: MissingOnPage[] }>> {
  const input = await fileInput(path);
  if (await isTimelineFile(input)) {
    const { facts } = await readTimelineFile(input);
    return { found: [{ name: '', facts, missing: [] }], refused: [], damageAround: [] };
  }
  return withStore(async (scratch) =>
    readEach(
      input,
      async ({ items }) => {
        const pass = new MissingFilesPass();
        for await (const batch of items) pass.add(batch);
        return { missing: pass.finish() };
      },
      { scratch },
    ),
  );
}

function describe(found: Inspected): string {
  if (found.kind === 'case') return describeCase(found);
  const refused = found.refused.map(({ name, ...error }) => `${words.refusedMember(name, errorSentence(error))}\n`);
  return [...found.recordings.map(describeRecording), ...refused].join('\n');
}

function describeCase(found: Extract<Inspected, { kind: 'case' }>): string {
  const { title, createdAt, software, policy, manifestHash, signature, contents, recordings } = found;
  const head = [
    `case file   ${toPlainLine(title)}`,
    `made        ${createdAt} by ${toPlainLine(software)}`,
    `policy      ${toPlainLine(policy)}`,
    `manifest    ${manifestHash}`,
    `signature   ${words.signatures[signature.state](signature.state === 'holds' ? signature.fingerprint : '')}`,
    `contents    ${contents.length} files, ${contents.reduce((sum, { bytes }) => sum + bytes, 0)} bytes`,
    `check       ${words.notVerified}`,
    '',
  ].join('\n');
  return [head, ...recordings.map(describeIndex)].join('\n');
}

function describeIndex({ format, windows, events, startedAt, durationMs }: IndexFacts): string {
  return [
    `format      ${toPlainLine(format)}`,
    ...(windows ? [`windows     ${windows.length}`] : []),
    `events      ${events}`,
    `started     ${new Date(startedAt).toISOString()}`,
    `duration    ${formatRelative(durationMs)}`,
    '',
  ].join('\n');
}

function describeMissing(pages: readonly MissingOnPage[]): string[] {
  if (pages.length === 0) return [`missing     ${missingFilesWords.none}`];
  return [
    'missing',
    ...pages.flatMap((onPage) => [
      `  ${toPlainLine(onPage.page)}`,
      ...missingKinds.flatMap((kind) => {
        const files = onPage[kind];
        if (!files) return [];
        const { count, names } = files;
        return [
          `  ${' '.repeat(8)}  ${missingFilesWords.kind(kind, count)}`,
          ...names.map((name) => `  ${' '.repeat(10)}  ${toPlainLine(name)}`),
          ...(count > names.length ? [`  ${' '.repeat(10)}  ${missingFilesWords.others(count - names.length)}`] : []),
        ];
      }),
    ]),
  ];
}

function describeRecording(facts: RecordingFacts): string {
  const counts = Object.entries(facts.counts).map(([kind, count]) => `  ${String(count).padStart(8)}  ${kind}`);
  const damage = facts.damage.map(({ reason, count }) => `  ${String(count).padStart(8)}  ${reason}`);
  return [
    `format      ${toPlainLine(facts.format)}`,
    `windows     ${facts.windows.length}`,
    `events      ${facts.events}`,
    `started     ${new Date(facts.startedAt).toISOString()}`,
    `duration    ${formatRelative(facts.durationMs)}`,
    `page size   ${facts.width} × ${facts.height}`,
    'counts',
    ...counts,
    damage.length > 0 ? 'damage' : 'damage      none',
    ...damage,
    ...describeMissing(facts.missing ?? []),
    '',
  ].join('\n');
}
