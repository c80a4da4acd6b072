import { createHash } from 'node:crypto';
import type { CaseAbout } from '../../contract/case-format';
import type { TicketFormat, TimelineFormat } from '../../contract/export-format';
import { CasementError, hasCode } from '../../contract/errors';
import { formatTimecode } from '../../contract/words/format';
import { gateWords } from '../../contract/words/gate';
import type { Finds } from '../../core/export/check';
import type { Policy } from '../../contract/policy';
import { attachmentPath, writeAttachment, type CaseText } from '../../core/casefile/attachment';
import { buildCaseEntries, type CaseDocument } from '../../core/casefile/entries';
import { encodeText } from '../../core/casefile/text';
import {
  caseDocuments,
  caseSession,
  writePrinted,
  writeTicket,
  writeTimeline,
  type ExportFacts,
  type SessionOrigin,
} from '../../core/export/artifact';
import { casePositions } from '../../core/export/join';
import type { PreparedExport, PreparedTimeline } from '../../core/export/prepare';
import { writeReplayPage } from '../../core/export/replay-page';
import type { ReplayTemplate } from '../../core/export/replay-template';
import type { NoteScreenshot } from '../../core/timeline/formats';
import { timelineStyle } from '../../core/timeline/formats/html-style';
import { joinOriginals } from '../../core/leak-check';
import { writeCase, type CaseWriting } from '../case-archive/write-case';
import { writeFileAtomically } from '../files/atomic-write';
import { createGate, type Gate } from '../gate/gate';

/** The maximum length of the replay page in a case file, in characters: it repeats the recordings that the file already contains. */
const pageInCaseLimit = 32_000_000;

interface ExportOrder {
  path: string;
  /** Checked like the content: a file's name is seen by more people than the file. */
  fileName: string;
  facts: ExportFacts;
  signal?: AbortSignal;
  /** Takes the values that the gate finds. */
  finds?: Finds | undefined;
}

/** Renders the images for the report's notes, and passes each to `Gate.allowImage`. */
export type TakeScreenshots = (gate: Gate) => Promise<ReadonlyMap<string, NoteScreenshot>>;

export interface TimelineOrder extends ExportOrder {
  format: TimelineFormat;
  prepared: PreparedTimeline;
  takeScreenshots?: TakeScreenshots | undefined;
}

export interface PrintOrder extends ExportOrder {
  prepared: PreparedTimeline;
  takeScreenshots?: TakeScreenshots | undefined;
  /** Prints a self-contained page to PDF. Throws pdf-failed, cancelled. */
  print: (html: string) => Promise<Uint8Array>;
}

export interface ReplayOrder extends ExportOrder {
  prepared: readonly PreparedExport[];
  template: ReplayTemplate;
}

export interface CaseOrder extends ExportOrder, Pick<CaseWriting, 'signer' | 'passphrase' | 'onEntry'> {
  policy: Policy;
  sessions: { prepared: PreparedExport; origin: SessionOrigin }[];
  /** The template of the page in the case file that replays the sessions without Casement. */
  template: ReplayTemplate;
  about?: CaseAbout | undefined;
  /** Texts that the user added to the case, redacted for the export. They pass the gate, too. */
  attachments?: readonly CaseText[];
  /** The manifest hash of the case file that the sessions were imported from. */
  parentCase?: string | undefined;
}

export interface WrittenFile {
  bytes: number;
  /** Hex digits. */
  sha256: string;
}

interface GateFor {
  signal?: AbortSignal | undefined;
  /** The template of the replay page, if the export contains one. */
  template?: ReplayTemplate | undefined;
  /** Takes the values that the gate finds, for a second redaction. */
  finds?: Finds | undefined;
}

/** Returns the gate for these sessions. Every finished part must pass it. It throws leak-refused or the signal's reason. */
export function gateFor(
  prepared: readonly Pick<PreparedExport, 'originals' | 'zeroAt'>[],
  { template, ...options }: GateFor = {},
): Gate {
  // The script of a replay page and the style sheets contain thousands of words and numbers, any of which may also be in a recording.
  const own = [timelineStyle, ...(template ? [template.beforeData, template.afterData] : [])];
  return createGate(joinOriginals(prepared.map(({ originals }) => originals)), {
    ...options,
    texts: own.map(encodeText),
    starts: prepared.map(({ zeroAt }) => zeroAt),
  });
}

/**
 * Writes a timeline. The file is written only after the gate has checked the finished bytes. Throws leak-refused, disk-*, cancelled.
 */
export async function writeTimelineFile(order: TimelineOrder): Promise<WrittenFile> {
  const { format, facts, path } = order;
  const assertClean = gateFor([order.prepared], order);
  checkNames(order, [order.prepared], assertClean);
  const prepared = await withScreenshots(order, assertClean);
  return writeBytes(path, timelineBytes(format, prepared, facts, assertClean));
}

/**
 * Writes the report as a PDF. The gate checks both the page before printing and the printed PDF. Throws as `writeTimelineFile`, and
 * pdf-failed.
 */
export async function writePrintedFile(order: PrintOrder): Promise<WrittenFile> {
  const { facts, path, print } = order;
  const assertClean = gateFor([order.prepared], order);
  checkNames(order, [order.prepared], assertClean);
  const html = writePrinted(await withScreenshots(order, assertClean), facts);
  assertClean(encodeText(html), 'report');
  const pdf = await print(html);
  assertClean(pdf, 'pdf');
  return writeBytes(path, pdf);
}

/** Returns a timeline for pasting into a ticket, checked by the gate. Throws leak-refused, cancelled. */
export function renderTicket(
  format: TicketFormat,
  prepared: PreparedTimeline,
  facts: ExportFacts,
  options: Pick<GateFor, 'signal' | 'finds'> = {},
): string {
  const assertClean = gateFor([prepared], options);
  checkNotes([prepared], assertClean);
  const text = writeTicket(format, prepared, facts);
  assertClean(encodeText(text), 'clipboard');
  return text;
}

/** Writes a self-contained page that replays sessions. Throws as `writeTimelineFile`, and replay-too-large. */
export async function writeReplayFile(order: ReplayOrder): Promise<WrittenFile> {
  const { prepared, template, facts, path } = order;
  const assertClean = gateFor(prepared, order);
  checkNames(order, prepared, assertClean);
  return writeBytes(path, await replayPageBytes(template, prepared, facts, assertClean));
}

/** Writes a case file. The gate checks every entry. Throws as `writeTimelineFile`. */
export async function writeCaseFile(order: CaseOrder): Promise<WrittenFile> {
  const { sessions, facts, path, policy, about, parentCase, signer, passphrase, onEntry } = order;
  const prepared = sessions.map((session) => session.prepared);
  const assertClean = gateFor(prepared, order);
  checkNames(order, prepared, assertClean);
  if (about) {
    const { description, ...fields } = about;
    assertClean(encodeText(`${description}\n`), 'case-text', gateWords.description);
    assertClean(encodeText(JSON.stringify(fields)), 'case-about');
  }
  for (const { name, text } of order.attachments ?? []) {
    assertClean(encodeText(`${name}\n${text}\n`), 'case-text');
  }
  const positions = casePositions(prepared);
  const entries = buildCaseEntries(
    sessions.map(({ prepared, origin }, ordinal) => caseSession(prepared, facts, origin, positions[ordinal])),
    documentsOf(order, prepared),
  );
  const head = {
    title: facts.title,
    created: facts.generatedAt,
    software: facts.software,
    redaction: {
      policy: policy.name,
      policyVersion: policy.policyVersion,
      ...(policy.floor !== undefined && { floor: policy.floor }),
    },
    ...(about && { about }),
    ...(parentCase !== undefined && { parentCase }),
  };
  // The entries of an encrypted file are checked before encryption. Any other file is checked as a finished file.
  const isReadable = passphrase === undefined;
  const { bytes, sha256 } = await writeCase(path, head, entries, {
    check: (entry) =>
      isReadable ? order.signal?.throwIfAborted() : assertClean.hold(entry.bytes, 'case-file', entry.path),
    checkFile: (part) => (isReadable ? assertClean.file(part, 'case-file') : assertClean.settle()),
    signer,
    passphrase,
    ...(onEntry && { onEntry }),
  });
  return { bytes, sha256 };
}

/** Returns the bytes of a timeline for a stream, checked by the gate. Throws leak-refused, cancelled. */
export function renderTimeline(
  format: TimelineFormat,
  prepared: PreparedTimeline,
  facts: ExportFacts,
  options: Pick<GateFor, 'signal' | 'finds'> = {},
): Uint8Array {
  const assertClean = gateFor([prepared], options);
  checkNotes([prepared], assertClean);
  return timelineBytes(format, prepared, facts, assertClean);
}

function timelineBytes(
  format: TimelineFormat,
  prepared: PreparedTimeline,
  facts: ExportFacts,
  assertClean: Gate,
): Uint8Array {
  const bytes = encodeText(writeTimeline(format, prepared, facts));
  assertClean(bytes, 'timeline', gateWords.timelineIn(format));
  return bytes;
}

/** Returns the bytes of a replay page for a stream, checked by the gate. Throws leak-refused, replay-too-large, cancelled. */
export async function renderReplayPage(
  template: ReplayTemplate,
  prepared: readonly PreparedExport[],
  facts: ExportFacts,
  options: Pick<GateFor, 'signal' | 'finds'> = {},
): Promise<Uint8Array> {
  const assertClean = gateFor(prepared, { ...options, template });
  checkNotes(prepared, assertClean);
  return replayPageBytes(template, prepared, facts, assertClean);
}

async function replayPageBytes(
  template: ReplayTemplate,
  prepared: readonly PreparedExport[],
  facts: ExportFacts,
  assertClean: Gate,
): Promise<Uint8Array> {
  const bytes = await writeReplayPage(template, prepared, facts, { onTooLarge: 'refuse' });
  assertClean(bytes, 'replay-page');
  return bytes;
}

/** Yields one document at a time: the replay page is as large as the recordings. */
async function* documentsOf(
  { facts, template, attachments = [] }: CaseOrder,
  prepared: readonly PreparedExport[],
): AsyncGenerator<CaseDocument> {
  yield* caseDocuments(prepared, facts);
  for (const [ordinal, text] of attachments.entries()) {
    yield { path: attachmentPath(ordinal), mediatype: 'text/plain', text: writeAttachment(text) };
  }
  const text = await writeReplayPage(template, prepared, facts, { onTooLarge: 'say', limit: pageInCaseLimit });
  yield { path: 'replay.html', mediatype: 'text/html', text };
}

async function withScreenshots(
  { prepared, takeScreenshots }: Pick<TimelineOrder, 'prepared' | 'takeScreenshots'>,
  assertClean: Gate,
): Promise<PreparedTimeline> {
  return takeScreenshots ? { ...prepared, screenshots: await takeScreenshots(assertClean) } : prepared;
}

/** Checks the texts around the content one by one, so that an error names the one to change. */
function checkNames(
  { fileName, facts }: ExportOrder,
  prepared: readonly Pick<PreparedExport, 'notes'>[],
  assertClean: Gate,
): void {
  // Also without the extension, which is not part of the name that the user chose.
  assertClean(encodeText(`${fileName}\n${fileName.replace(/\.[^.]*$/, '')}`), 'file-name');
  assertClean(encodeText(`${facts.title}\n`), 'title');
  checkNotes(prepared, assertClean);
}

function checkNotes(prepared: readonly Pick<PreparedExport, 'notes'>[], assertClean: Gate): void {
  for (const [ordinal, { notes }] of prepared.entries()) {
    for (const { atMs, text, tags = [] } of notes) {
      // Short values are found only as a complete text, so each text is on its own line and in quotes, as in files.
      const lines = encodeText([JSON.stringify([text, ...tags]), text, ...tags, ''].join('\n'));
      try {
        assertClean(lines, 'note', gateWords.noteAt(formatTimecode(atMs)));
      } catch (error) {
        if (!(error instanceof CasementError) || !hasCode(error, 'leak-refused')) throw error;
        throw new CasementError('leak-refused', { ...error.details, session: ordinal + 1, atMs });
      }
    }
  }
}

/** Returns the size and the hash of the bytes that passed the gate. */
async function writeBytes(path: string, bytes: Uint8Array): Promise<WrittenFile> {
  await writeFileAtomically(path, bytes);
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
