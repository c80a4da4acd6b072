import type { CustodyRecord } from '../../../contract/case-format';
import type { Note } from '../../../contract/note';
import type { RedactionReport } from '../../../contract/policy';
import { severities, type Severity, type TimelineEntry } from '../../../contract/timeline';
import type { PictureFailure } from '../../../contract/window-port';
import { joinedWords, kindWords, severityWords, timelineDocumentWords } from '../../../contract/words/timeline';
import type { PlainJpeg } from '../../image/plain-jpeg';
import { toPlainLine } from '../../text/plain-line';

/** The redacted page at a note's moment, or why there is no picture of it. */
export type NotePicture = PlainJpeg | PictureFailure;

/** A note of a report. `session`: which of several it is on; its times count from that one's start. */
export type ReportNote = Note & { session?: string };

/** A timeline with what a reader has to know about it. */
export interface TimelineDocument {
  title: string;
  /** Wall clock of the session's start, ms since 1970; null where only relative times may be shown. */
  startedAt: number | null;
  /** The session's start on the clock of the redacted recording, ms: what has to have a date counts from here where there is no clock. */
  zeroAt: number;
  durationMs: number;
  /** Such as `Casement 0.1.0`. */
  software: string;
  /** The redaction policy's name; undefined for a timeline that was not redacted. */
  policy?: string | undefined;
  entries: readonly TimelineEntry[];
  /** Of several sessions in one timeline: how many, and of them those that tell no time of day. */
  sessions?: { count: number; withoutClock: number } | undefined;
  /** How many entries were left out for want of room. */
  omitted?: number;
  report?: RedactionReport | undefined;
  /** The user's notes by themselves, in the order of time; they are among the entries, too. */
  notes?: readonly ReportNote[];
  /** By the ids of the notes, for the report; a note that isn't here has none, because others had the room. Undefined where none were wanted. */
  pictures?: ReadonlyMap<string, NotePicture> | undefined;
  /** Who did what with the session and when, the oldest first. */
  custody?: readonly CustodyRecord[] | undefined;
  /** When the document was written, ISO 8601. */
  generatedAt: string;
}

/** A note may be this long, and no entry is longer. */
const textLimit = 4000;

const cleanMaybe = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : toPlainLine(text);

/** Every string of a document as one line of visible text: what is left for a format to do is its own escaping. */
export function cleanDocument(document: TimelineDocument): TimelineDocument {
  return {
    ...document,
    title: toPlainLine(document.title),
    software: toPlainLine(document.software),
    policy: cleanMaybe(document.policy),
    generatedAt: toPlainLine(document.generatedAt),
    entries: document.entries.map((entry) => ({
      ...entry,
      windowId: toPlainLine(entry.windowId, 40),
      text: toPlainLine(entry.text, textLimit),
      ...(entry.details && { details: cleanDetails(entry.details) }),
    })),
    ...(document.notes && { notes: document.notes.map(cleanNote) }),
    custody: document.custody?.map(({ at, action, software, source, policy }) => ({
      at: toPlainLine(at),
      action,
      software: toPlainLine(software),
      source: cleanMaybe(source),
      policy: cleanMaybe(policy),
    })),
  };
}

function cleanNote(note: ReportNote): ReportNote {
  const { text, tags, session } = note;
  return {
    ...note,
    text: toPlainLine(text, textLimit),
    ...(tags && { tags: tags.map((tag) => toPlainLine(tag)) }),
    ...(session !== undefined && { session: toPlainLine(session) }),
  };
}

function cleanDetails(details: NonNullable<TimelineEntry['details']>): NonNullable<TimelineEntry['details']> {
  const clean = Object.entries(details).map(([name, value]) => {
    if (typeof value === 'string') return [name, toPlainLine(value)] as const;
    return [name, Array.isArray(value) ? value.map((tag) => toPlainLine(tag)) : value] as const;
  });
  return Object.fromEntries<unknown>(clean);
}

/** How many entries of each severity there are, in words, the worst first. */
export function countSeverities(entries: readonly TimelineEntry[]): [Severity, string][] {
  return [...severities].reverse().map((severity) => {
    const count = entries.filter((entry) => entry.severity === severity).length;
    return [severity, timelineDocumentWords.count(count, severity)];
  });
}

/** An entry's words, and the tags that the user gave to a note. */
export function sayEntry({ text, details }: TimelineEntry): string {
  return details?.tags ? `${text} [${details.tags.join(', ')}]` : text;
}

/** Whether entries come from several windows, so that each has to say from which. */
export function hasSeveralWindows(entries: readonly TimelineEntry[]): boolean {
  return new Set(entries.filter(({ kind }) => kind !== 'note').map(({ windowId }) => windowId)).size > 1;
}

/** The columns of a table in a ticket: their names and how a cell is read, without any escaping. */
export function tableColumns({ entries, startedAt }: TimelineDocument): [string, (entry: TimelineEntry) => string][] {
  const words = timelineDocumentWords;
  const clock: ReturnType<typeof tableColumns> = [
    [words.clock, ({ wallMs }) => (wallMs === null ? '' : showClock(wallMs))],
  ];
  const window: ReturnType<typeof tableColumns> = [[words.tab, ({ windowId }) => windowId]];
  return [
    [words.time, ({ atMs }) => showRelative(atMs)],
    ...(startedAt === null ? [] : clock),
    ...(hasSeveralWindows(entries) ? window : []),
    [words.severity, ({ severity }) => severityWords[severity]],
    [words.kind, ({ kind }) => kindWords[kind]],
    [words.event, sayEntry],
  ];
}

/** The facts above the entries, as pairs of a name and a value. */
export function documentFacts(document: TimelineDocument): [string, string][] {
  const words = timelineDocumentWords;
  const { startedAt, durationMs, entries, omitted = 0, policy, report, generatedAt, software, sessions } = document;
  return [
    [words.started, startedAt === null ? words.noClock : showClock(startedAt)],
    ...(sessions ? [[words.sessions, joinedWords.order(sessions)] satisfies [string, string]] : []),
    [words.duration, showRelative(durationMs)],
    [words.entries, omitted === 0 ? String(entries.length) : words.entriesOf(entries.length, omitted)],
    [words.policy, policy ?? words.notRedacted],
    ...(report ? [[words.redacted, showReport(report)] satisfies [string, string]] : []),
    [words.generated, generatedAt],
    [words.software, software],
  ];
}

function showReport({ masked, dropped }: RedactionReport): string {
  const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((total, n) => total + n, 0);
  return `${timelineDocumentWords.masked(sum(masked))}, ${timelineDocumentWords.dropped(sum(dropped))}`;
}

/** `m:ss.mmm`, with hours where there are any. */
export function showRelative(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  const hours = Math.floor(whole / 3_600_000);
  const minutes = Math.floor(whole / 60_000) % 60;
  const rest = `${pad(Math.floor(whole / 1000) % 60, 2)}.${pad(whole % 1000, 3)}`;
  return hours > 0 ? `${hours}:${pad(minutes, 2)}:${rest}` : `${minutes}:${rest}`;
}

/** The wall clock as ISO 8601 in UTC; '' for a time outside of what a calendar knows. */
export function showClock(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
