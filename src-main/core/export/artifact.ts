import type { CustodyRecord } from '../../contract/case-format';
import type { TicketFormat, TimelineFormat } from '../../contract/export-format';
import type { CaseDocument, CaseSession } from '../casefile/entries';
import { formatPrinted, formatTicket, formatTimeline, type TimelineDocument } from '../timeline/formats';
import { joinPrepared } from './join';
import type { PreparedExport, PreparedTimeline } from './prepare';

/** Facts about an export that no recording says. */
export interface ExportFacts {
  title: string;
  /** Such as `Casement 0.1.0`. */
  software: string;
  policy: string;
  /** ISO 8601. */
  generatedAt: string;
  /** What was done with the session, this export included, for a format that tells it. */
  custody?: readonly CustodyRecord[];
}

/** How a session came here and when; `earlier` is the custody that it came with, out of an older case file. */
export interface HowItCame {
  action: 'pulled' | 'imported';
  at: string;
  source: string;
  format: string;
  earlier?: CustodyRecord[];
  /** Its own in a case of several. */
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
    pictures: prepared.pictures,
    report: prepared.report,
    sessions: prepared.sessions,
  };
}

export function writeTimeline(format: TimelineFormat, prepared: PreparedTimeline, facts: ExportFacts): string {
  return formatTimeline(format, timelineDocument(prepared, facts));
}

/** A timeline as what is pasted into a ticket of that system. */
export function writeTicket(format: TicketFormat, prepared: PreparedTimeline, facts: ExportFacts): string {
  return formatTicket(format, timelineDocument(prepared, facts));
}

/** The report as the page that is printed: of a very long session the entries that tell most. */
export function writePrinted(prepared: PreparedTimeline, facts: ExportFacts): string {
  return formatPrinted(timelineDocument(prepared, facts));
}

/** What a case file shows without Casement: the timeline of each session, and of all together, to read and to feed to tools. */
export function caseDocuments(prepared: readonly PreparedExport[], facts: ExportFacts): CaseDocument[] {
  const told = prepared.map((session, ordinal) => [`timeline/r${ordinal + 1}`, session] as const);
  const together = prepared.length > 1 ? [['timeline/all', joinPrepared(prepared)] as const] : [];
  return [...told, ...together].flatMap(([name, session]) => {
    const document = timelineDocument(session, facts);
    return [
      { path: `${name}.jsonl`, mediatype: 'application/jsonl', text: formatTimeline('jsonl', document) },
      { path: `${name}.md`, mediatype: 'text/markdown', text: formatTimeline('md', document) },
      { path: `${name}.html`, mediatype: 'text/html', text: formatTimeline('html', document) },
    ];
  });
}

/** What was done with a session up to this export, which redacts and packs it. */
export function custodyOf({ software, policy, generatedAt }: ExportFacts, how: HowItCame): CustodyRecord[] {
  return [
    ...(how.earlier ?? []),
    { at: how.at, action: how.action, software, source: how.source },
    { at: generatedAt, action: 'redacted', software, policy },
    { at: generatedAt, action: 'packed', software },
  ];
}

/** `how` says how the session came here and when; the redaction and the packing are this export's own. */
export function caseSession(prepared: PreparedExport, facts: ExportFacts, how: HowItCame): CaseSession {
  return {
    title: how.title ?? facts.title,
    format: how.format,
    // A recorder's clock may tell parts of a millisecond; the events are rounded, and none lies before the start.
    startedAt: Math.floor(prepared.zeroAt),
    durationMs: prepared.durationMs,
    recording: prepared.recording,
    notes: prepared.notes,
    custody: custodyOf(facts, how),
    report: prepared.report,
  };
}
