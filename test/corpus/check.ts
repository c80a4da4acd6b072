import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCode } from '../../src-main/contract/errors';
import { timelineFormats } from '../../src-main/contract/export-format';
import type { Policy } from '../../src-main/contract/policy';
import type { SessionEvent } from '../../src-main/contract/recorded-event';
import type { TimelineKind } from '../../src-main/contract/timeline';
import type { ExportFacts } from '../../src-main/core/export/artifact';
import type { Finds } from '../../src-main/core/export/check';
import { prepareExport, type PreparedExport } from '../../src-main/core/export/prepare';
import { writeRecording } from '../../src-main/core/export/recording';
import { withRepair, type Repairs } from '../../src-main/core/export/repair';
import type { ReplayTemplate } from '../../src-main/core/export/replay-template';
import { inputOf } from '../../src-main/core/recording/parse';
import { shippedPolicies } from '../../src-main/core/redaction/policy';
import { buildTimeline } from '../../src-main/core/timeline/build';
import { createCasePseudonyms } from '../../src-main/node/export/case-pseudonyms';
import {
  gateFor,
  renderReplayPage,
  renderTimeline,
  writeCaseFile,
  writePrintedFile,
} from '../../src-main/node/export/write-export';
import { readRecordings } from '../../src-main/node/intake/recording-file';
import { isPartlyLeftOut, matchEntries } from '../helpers/match-entries';

/** Prints a page as a PDF. */
type Print = (html: string) => Promise<Uint8Array>;

export interface CheckOptions {
  template: ReplayTemplate;
  /** Takes the values that the gate finds, and the text that holds them. They are invented, so they may be printed. */
  onFound?: ((where: string, value: string, found: string) => void) | undefined;
  /** Without it, PDFs are left out. */
  print?: Print | undefined;
  policies?: readonly Policy[];
}

/** The result of one policy for one recording. */
export interface PolicyResult {
  policy: string;
  /** Formats that came out at once. */
  cameOut: string[];
  /** Formats that came out after values that the gate had found were hidden as well. */
  repaired: string[];
  /** Values hidden by the repair, by channel. */
  repairedValues: Readonly<Record<string, number>>;
  /** Formats that did not come out, with the reason. It contains no value of the recording. */
  refused: Readonly<Record<string, string>>;
  /** Exported entries without a recorded one, by kind. */
  invented: Partial<Record<TimelineKind, number>>;
  /** Recorded entries that are missing although no rule leaves out their kind. */
  missing: Partial<Record<TimelineKind, number>>;
  /** Recorded entries that are missing because they are private. */
  leftOut: Partial<Record<TimelineKind, number>>;
  seconds: number;
}

export interface RecordingResult {
  name: string;
  events: number;
  /** Recorded entries by kind. */
  kinds: Partial<Record<TimelineKind, number>>;
  policies: PolicyResult[];
}

const facts: ExportFacts = {
  title: 'Recorded session',
  software: 'Casement test',
  policy: 'policy',
  generatedAt: '2026-11-23T10:00:00.000Z',
};

/** Exports a recording under each policy in each format, and compares the entries of the exports with those of the recording. */
export async function checkRecording(name: string, recording: Buffer, options: CheckOptions): Promise<RecordingResult> {
  const { found } = await readRecordings(inputOf(recording));
  const [first] = found;
  if (!first) throw new Error(`${name} is no recording.`);
  const { events } = first;
  const { startedAt } = first.facts;
  const recorded = buildTimeline(events, { times: 'absolute' });
  const policies: PolicyResult[] = [];
  for (const policy of options.policies ?? shippedPolicies) {
    const from = Date.now();
    const { prepared, ...outcome } = await exportAll(events, startedAt, policy, options);
    const { invented, left } = matchEntries(recorded, prepared.entries);
    policies.push({
      ...outcome,
      policy: policy.name,
      invented: countKinds(invented),
      missing: countKinds(left.filter(({ kind }) => !isPartlyLeftOut(kind))),
      leftOut: countKinds(left.filter(({ kind }) => isPartlyLeftOut(kind))),
      seconds: (Date.now() - from) / 1000,
    });
  }
  return { name, events: events.length, kinds: countKinds(recorded), policies };
}

type Outcome = Pick<PolicyResult, 'cameOut' | 'repaired' | 'repairedValues' | 'refused'> & { prepared: PreparedExport };

/** Writes every format of one preparation. Those that the gate refuses are written again from a second one, as the app does. */
async function exportAll(
  events: readonly SessionEvent[],
  startedAt: number,
  policy: Policy,
  options: CheckOptions,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  const cameOut: string[] = [];
  const repaired: string[] = [];
  let refused: Record<string, string> = {};
  let prepared: PreparedExport | undefined;
  const attempt = async (repairs: Repairs): Promise<void> => {
    const done = repairs.literals.length === 0 ? cameOut : repaired;
    prepared = await prepareExport(events, {
      policy,
      notes: [],
      startedAt,
      literals: [...repairs.literals],
      pseudonyms: createCasePseudonyms(),
    });
    refused = {};
    let refusal: Error | undefined;
    let current = '';
    const finds: Finds = {
      hidesOwnTexts: false,
      add(found, location) {
        options.onFound?.(`${policy.name} ${current} (${location})`, found.of, found.text);
        repairs.add(found, location);
      },
    };
    for (const [format, write] of writers(prepared, policy, folder, finds, options)) {
      current = format;
      if (cameOut.includes(format) || repaired.includes(format)) continue;
      try {
        await write();
        done.push(format);
      } catch (error) {
        refused[format] = describe(error);
        if (error instanceof Error) refusal ??= error;
      }
    }
    if (refusal) throw refusal;
  };
  try {
    await withRepair(attempt).catch(() => undefined);
    if (!prepared) throw new Error('The recording could not be prepared.');
    return { cameOut, repaired, refused, repairedValues: prepared.report.repaired ?? {}, prepared };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function describe(error: unknown): string {
  if (hasCode(error, 'leak-refused')) return JSON.stringify(error.details);
  return error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
}

type Writer = readonly [format: string, write: () => unknown];

function writers(
  prepared: PreparedExport,
  policy: Policy,
  folder: string,
  finds: Finds,
  { template, print }: CheckOptions,
): Writer[] {
  const order = (fileName: string) => ({ path: join(folder, fileName), fileName, facts, finds });
  const origin = { action: 'imported' as const, at: facts.generatedAt, source: 'file', format: 'array' };
  return [
    ['recording', async () => gateFor([prepared], { finds })(await redactedRecording(prepared), 'recording')],
    ['case', () => writeCaseFile({ ...order('all.casement'), policy, template, sessions: [{ prepared, origin }] })],
    ['replay-html', () => renderReplayPage(template, [prepared], facts, { finds })],
    ...timelineFormats.map((format): Writer => [format, () => renderTimeline(format, prepared, facts, { finds })]),
    ...(print ? [['pdf', () => writePrintedFile({ ...order('report.pdf'), prepared, print })] satisfies Writer] : []),
  ];
}

async function redactedRecording({ recording }: PreparedExport): Promise<Buffer> {
  const hasTabs = recording.segments.some(({ windowId }) => windowId !== 'window-1');
  const parts: Buffer[] = [];
  for await (const text of writeRecording(recording.events(), hasTabs)) parts.push(Buffer.from(text));
  return Buffer.concat(parts);
}

function countKinds(entries: readonly { kind: TimelineKind }[]): Partial<Record<TimelineKind, number>> {
  const counts: Partial<Record<TimelineKind, number>> = {};
  for (const { kind } of entries) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
