import type { CustodyRecord } from '../../contract/case-format';
import type { CasePosition } from '../../contract/case-position';
import type { TicketFormat, TimelineFormat } from '../../contract/export-format';
import type { CaseDocument, CaseSession } from '../casefile/entries';
import { formatPrinted, formatTicket, formatTimeline, type TimelineDocument } from '../timeline/formats';
import { joinPrepared } from './join';
import type { PreparedExport, PreparedTimeline } from './prepare';

/** Facts about an export that are not in the recording. */
export interface ExportFacts {
  title: string;
  /** Such as `Casement 0.1.0`. */
  software: string;
  policy: string;
  /** ISO 8601. */
  generatedAt: string;
  /** The chain of custody, including this export, for the formats that show it. */
  custody?: readonly CustodyRecord[];
}

/** The download or import that added a session to the library. `earlier`: the custody records of the case file that it was imported from. */
export interface SessionOrigin {
  action: 'pulled' | 'imported';
  at: string;
  source: string;
  format: string;
  earlier?: CustodyRecord[];
  /** The session's own title in a case with several. */
  title?: string;
}

export function timelineDocument(prepared: PreparedTimeline, facts: ExportFacts): TimelineDocument {
  return {
    ...facts,
    startedAt: prepared.startedAt,
    zeroAt: prepared.zeroAt,
    durationMs: prepared.durationMs,
    entries: prepared.entries,
    notes: prepared.notes,
    screenshots: prepared.screenshots,
    report: prepared.report,
    hasLeftOut: prepared.hasLeftOut,
    missing: prepared.missing,
    sessions: prepared.sessions,
  };
}

export function writeTimeline(format: TimelineFormat, prepared: PreparedTimeline, facts: ExportFacts): string {
  return formatTimeline(format, timelineDocument(prepared, facts));
}

/** Writes a timeline in the markup of a ticket system. */
export function writeTicket(format: TicketFormat, prepared: PreparedTimeline, facts: ExportFacts): string {
  return formatTicket(format, timelineDocument(prepared, facts));
}

/** Writes the report for printing. Of a very long session it keeps the most important entries. */
export function writePrinted(prepared: PreparedTimeline, facts: ExportFacts): string {
  return formatPrinted(timelineDocument(prepared, facts));
}

/** The timelines in a case file, for readers and tools without Casement: one for each session and one for all together. */
export function caseDocuments(prepared: readonly PreparedExport[], facts: ExportFacts): CaseDocument[] {
  const single = prepared.map((session, ordinal) => [`timeline/r${ordinal + 1}`, session] as const);
  const together = prepared.length > 1 ? [['timeline/all', joinPrepared(prepared)] as const] : [];
  return [...single, ...together].flatMap(([name, session]) => {
    const document = timelineDocument(session, facts);
    return [
      { path: `${name}.jsonl`, mediatype: 'application/jsonl', text: formatTimeline('jsonl', document) },
      { path: `${name}.md`, mediatype: 'text/markdown', text: formatTimeline('md', document) },
      { path: `${name}.html`, mediatype: 'text/html', text: formatTimeline('html', document) },
    ];
  });
}

/** Returns the chain of custody of sessions up to and including this export. */
export function custodyOf(
  { software, policy, generatedAt }: ExportFacts,
  ...origins: readonly SessionOrigin[]
): CustodyRecord[] {
  return [
    ...origins.flatMap(({ at, action, source, earlier = [] }): CustodyRecord[] => [
      ...earlier,
      { at, action, software, source },
    ]),
    { at: generatedAt, action: 'redacted', software, policy },
    { at: generatedAt, action: 'packed', software },
  ];
}

/** Builds the session of a case file. This export adds the redaction and the packing to its chain of custody. */
export function caseSession(
  prepared: PreparedExport,
  facts: ExportFacts,
  origin: SessionOrigin,
  position?: CasePosition,
): CaseSession {
  return {
    title: origin.title ?? facts.title,
    format: origin.format,
    // A recorder's clock may have fractions of a millisecond; rounding down keeps every event after the start.
    startedAt: Math.floor(prepared.zeroAt),
    durationMs: prepared.durationMs,
    position,
    recording: prepared.recording,
    entries: prepared.entries.filter(({ kind }) => kind !== 'note'),
    notes: prepared.notes,
    custody: custodyOf(facts, origin),
    report: prepared.report,
  };
}
