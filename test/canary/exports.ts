import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ticketFormats, timelineFormats } from '../../src-main/contract/export-format';
import type { Policy } from '../../src-main/contract/policy';
import { writeTimeline, type ExportFacts } from '../../src-main/core/export/artifact';
import type { SessionEvent } from '../../src-main/contract/recorded-event';
import { prepareExport, type PreparedExport } from '../../src-main/core/export/prepare';
import { writeRecording } from '../../src-main/core/export/recording';
import type { ReplayTemplate } from '../../src-main/core/export/replay-template';
import { inputOf } from '../../src-main/core/recording/parse';
import { createCasePseudonyms } from '../../src-main/node/export/case-pseudonyms';
import { readRecordings } from '../../src-main/node/intake/recording-file';
import {
  gateFor,
  renderTicket,
  writeCaseFile,
  writePrintedFile,
  writeReplayFile,
  writeTimelineFile,
} from '../../src-main/node/export/write-export';

/** A finished export. */
export interface Artifact {
  name: string;
  bytes: Buffer;
}

const facts: ExportFacts = {
  title: 'Recorded session',
  software: 'Casement test',
  policy: 'private-by-default',
  generatedAt: '2026-11-23T10:00:00.000Z',
};

/** Prepares a recording as every export does. `more` are events that the parser wouldn't accept. */
export async function prepareRecording(
  recording: Buffer,
  policy: Policy,
  more: readonly SessionEvent[] = [],
): Promise<PreparedExport> {
  const { found } = await readRecordings(inputOf(recording));
  const [first] = found;
  if (!first) throw new Error('no recording was found');
  const options = { policy, notes: [], startedAt: first.facts.startedAt, pseudonyms: createCasePseudonyms() };
  return prepareExport([...first.events, ...more], options);
}

/** Prints a page as a PDF. */
export type Print = (html: string) => Promise<Uint8Array>;

/** A type of export. `write` creates it as the app does, including the gate. Throws `leak-refused` if the gate finds private data. */
interface Exporter {
  name: string;
  write: () => Promise<Buffer>;
}

/** Returns all types of exports; PDF only if `print` is given. */
export function exporters(
  prepared: PreparedExport,
  policy: Policy,
  template: ReplayTemplate,
  folder: string,
  print?: Print,
): Exporter[] {
  const order = (fileName: string) => ({ path: join(folder, fileName), fileName, facts });
  const toFile = (name: string, write: () => Promise<unknown>): Exporter => ({
    name,
    write: async () => {
      await write();
      return readFileSync(join(folder, name));
    },
  });
  const inMemory = (name: string, write: () => string | Buffer | Promise<Buffer>): Exporter => ({
    name,
    write: async () => Buffer.from(await write()),
  });
  const origin = { action: 'pulled' as const, at: facts.generatedAt, source: 'posthog', format: 'array' };
  return [
    ...timelineFormats.map((format) =>
      toFile(`timeline.${format}`, () => writeTimelineFile({ ...order(`timeline.${format}`), format, prepared })),
    ),
    ...ticketFormats.map((format) => inMemory(`clipboard.${format}`, () => renderTicket(format, prepared, facts))),
    ...(print ? [toFile('timeline.pdf', () => writePrintedFile({ ...order('timeline.pdf'), prepared, print }))] : []),
    toFile('replay.html', () => writeReplayFile({ ...order('replay.html'), template, prepared: [prepared] })),
    toFile('all.casement', () =>
      writeCaseFile({ ...order('all.casement'), policy, template, sessions: [{ prepared, origin }] }),
    ),
    inMemory('recording.json.gz', async () => {
      const recording = await redactedRecording(prepared);
      gateFor([prepared])(recording, 'recording');
      return gzipSync(recording);
    }),
    inMemory('redaction report', () => JSON.stringify(prepared.report)),
    inMemory('names of tabs', () => JSON.stringify([...prepared.windows.values()])),
  ];
}

/** Returns the redacted recording, two timelines and the names of tabs without passing the gate. */
export async function quickExports(prepared: PreparedExport): Promise<Artifact[]> {
  const timelines = (['md', 'jsonl'] as const).map((format) => ({
    name: format,
    bytes: Buffer.from(writeTimeline(format, prepared, facts)),
  }));
  const windows = Buffer.from(JSON.stringify([...prepared.windows.values()]));
  return [
    { name: 'recording', bytes: await redactedRecording(prepared) },
    ...timelines,
    { name: 'names of tabs', bytes: windows },
  ];
}

export async function redactedRecording({ recording }: PreparedExport): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const text of writeRecording(
    recording.events(),
    recording.segments.some(({ windowId }) => windowId !== 'window-1'),
  ))
    parts.push(Buffer.from(text));
  return Buffer.concat(parts);
}
