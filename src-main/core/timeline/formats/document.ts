import { missingKinds, type MissingKind } from '../../../contract/session';
import { missingFilesWords } from '../../../contract/words/missing-files';
import type { CustodyRecord } from '../../../contract/case-format';
import type { Note } from '../../../contract/note';
import type { RedactionReport } from '../../../contract/policy';
import {
  severities,
  type JoinedEntry,
  type Severity,
  type TimelineEntry,
  type TimelineFacts,
  type TimelineQuotes,
} from '../../../contract/timeline';
import type { ScreenshotFailure } from '../../../contract/window-port';
import { repairedWords } from '../../../contract/words/report';
import {
  entryText,
  joinedWords,
  kindWords,
  severityWords,
  timelineDocumentWords,
} from '../../../contract/words/timeline';
import type { PlainJpeg } from '../../image/plain-jpeg';
import { toPlainLine } from '../../text/plain-line';

/** The screenshot of the redacted page at the time of a note, or the reason why there is none. */
export type NoteScreenshot = PlainJpeg | ScreenshotFailure;

/** The number of files of each kind that a page refers to and that aren't in the recording. */
export interface MissingFacts {
  page: string;
  counts: Partial<Record<MissingKind, number>>;
}

/** A note in a report. In a timeline of several sessions it names its own, and its times count like those of entries. */
export type ReportNote = Note & Pick<JoinedEntry, 'session'>;

/** The sessions of a merged timeline. */
interface JoinedSessions {
  /** The start of each session in ms after the first moment of the case; null if its place in time is unknown. */
  starts: readonly (number | null)[];
}

/** A timeline and the facts that a reader needs to know about it. */
export interface TimelineDocument {
  title: string;
  /** Wall clock of the session's start, ms since 1970; null if only relative times may be shown. */
  startedAt: number | null;
  /** The session's start on the clock of the redacted recording, ms. Formats that require a date count from here if there is no wall clock. */
  zeroAt: number;
  durationMs: number;
  /** Such as `Casement 0.1.0`. */
  software: string;
  /** The name of the redaction policy, undefined if the timeline was not redacted. */
  policy?: string | undefined;
  entries: readonly JoinedEntry[];
  /** Undefined for a single session. */
  sessions?: JoinedSessions | undefined;
  /** The number of entries that were omitted to keep the document short. */
  omitted?: number;
  report?: RedactionReport | undefined;
  /** True if entries about private fields may be left out. */
  hasLeftOut?: boolean | undefined;
  /** Files that pages refer to and that aren't in the recording. Undefined if they weren't counted. */
  missing?: readonly MissingFacts[] | undefined;
  /** The user's notes, in the order of time. They are also among the entries. */
  notes?: readonly ReportNote[];
  /** Screenshots for the report, by note id. Omits notes beyond the size limit. Undefined if no screenshots were requested. */
  screenshots?: ReadonlyMap<string, NoteScreenshot> | undefined;
  /** The chain of custody, the oldest record first. */
  custody?: readonly CustodyRecord[] | undefined;
  /** When the document was created, ISO 8601. */
  generatedAt: string;
}

/** The longest note in characters. No entry is longer. */
const textLimit = 4000;

const cleanMaybe = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : toPlainLine(text);

/** Makes every string of a document one line of visible text, so that a format only has to do its own escaping. */
export function cleanDocument(document: TimelineDocument): TimelineDocument {
  return {
    ...document,
    title: toPlainLine(document.title),
    software: toPlainLine(document.software),
    policy: cleanMaybe(document.policy),
    generatedAt: toPlainLine(document.generatedAt),
    entries: document.entries.map((entry) => ({ ...entry, ...cleanEntry(entry) })),
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
  const { text, tags } = note;
  return {
    ...note,
    text: toPlainLine(text, textLimit),
    ...(tags && { tags: tags.map((tag) => toPlainLine(tag)) }),
  };
}

/** Makes every string of an entry one line of visible text. */
export function cleanEntry(entry: TimelineEntry): TimelineEntry {
  return {
    ...entry,
    windowId: toPlainLine(entry.windowId, 40),
    ...(entry.facts && { facts: cleanFacts(entry.facts) }),
    ...(entry.quotes && { quotes: cleanQuotes(entry.quotes) }),
    ...(entry.tags && { tags: entry.tags.map((tag) => toPlainLine(tag)) }),
  };
}

function cleanFacts({ method, ...facts }: TimelineFacts): TimelineFacts {
  return { ...facts, ...(method !== undefined && { method: toPlainLine(method, 20) }) };
}

function cleanQuotes(quotes: TimelineQuotes): TimelineQuotes {
  const clean = Object.entries(quotes).map(([name, text]) => [name, toPlainLine(text ?? '', textLimit)] as const);
  return Object.fromEntries<string>(clean);
}

/** Returns the number of entries of each severity as text, the most severe first. */
export function countSeverities(entries: readonly TimelineEntry[]): [Severity, string][] {
  return [...severities].reverse().map((severity) => {
    const count = entries.filter((entry) => entry.severity === severity).length;
    return [severity, timelineDocumentWords.count(count, severity)];
  });
}

/** Returns the text of an entry, with the tags of a note. */
export function formatEntry(entry: TimelineEntry): string {
  const text = entryText(entry);
  return entry.tags ? `${text} [${entry.tags.join(', ')}]` : text;
}

/** Returns true if the entries of a session come from several windows, so that each must name its window. */
export function hasSeveralWindows(entries: readonly JoinedEntry[]): boolean {
  const first = new Map<number | undefined, string>();
  return entries.some(({ kind, windowId, session }) => {
    if (kind === 'note') return false;
    const known = first.get(session?.number);
    if (known === undefined) first.set(session?.number, windowId);
    return known !== undefined && known !== windowId;
  });
}

/** Returns the number of an entry's session as text; '' if the timeline has only one. */
export function sessionNumber({ session }: JoinedEntry): string {
  return session ? String(session.number) : '';
}

/** Returns the columns of a table in a ticket: the name, and a function that returns an unescaped cell. */
export function tableColumns({
  entries,
  startedAt,
  sessions,
}: TimelineDocument): [string, (entry: JoinedEntry) => string][] {
  const words = timelineDocumentWords;
  const clock: ReturnType<typeof tableColumns> = [
    [words.clock, ({ wallMs }) => (wallMs === null ? '' : formatClock(wallMs))],
  ];
  const session: ReturnType<typeof tableColumns> = [[words.session, sessionNumber]];
  const window: ReturnType<typeof tableColumns> = [[words.tab, ({ windowId }) => windowId]];
  return [
    [words.time, ({ atMs }) => formatRelative(atMs)],
    ...(startedAt === null ? [] : clock),
    ...(sessions ? session : []),
    ...(hasSeveralWindows(entries) ? window : []),
    [words.severity, ({ severity }) => severityWords[severity]],
    [words.kind, ({ kind }) => kindWords[kind]],
    [words.event, formatEntry],
  ];
}

/** Returns the facts above the entries, as pairs of a name and a value. */
export function documentFacts(document: TimelineDocument): [string, string][] {
  const words = timelineDocumentWords;
  const {
    startedAt,
    durationMs,
    entries,
    omitted = 0,
    policy,
    report,
    hasLeftOut,
    missing = [],
    generatedAt,
    software,
    sessions,
  } = document;
  return [
    [words.started, startedAt === null ? words.noClock : formatClock(startedAt)],
    ...(sessions ? sessionFacts(sessions) : []),
    [words.duration, formatRelative(durationMs)],
    [words.entries, omitted === 0 ? String(entries.length) : words.entriesOf(entries.length, omitted)],
    [words.policy, policy ?? words.notRedacted],
    ...(report ? [[words.redacted, formatReport(report)] satisfies [string, string]] : []),
    ...(report?.repaired
      ? [[repairedWords.name, repairedWords.counts(report.repaired)] satisfies [string, string]]
      : []),
    ...(hasLeftOut ? [[words.leftOut, words.leftOutFacts] satisfies [string, string]] : []),
    ...(missing.length > 0 ? [[missingFilesWords.title, formatMissing(missing)] satisfies [string, string]] : []),
    [words.generated, generatedAt],
    [words.software, software],
  ];
}

/** The most pages whose missing files are listed. */
const listedPages = 20;

/** Lists the missing files page by page. Different pages may have the same address, because parts of addresses are hidden. */
function formatMissing(missing: readonly MissingFacts[]): string {
  const lines = missing.slice(0, listedPages).map(({ page, counts }) => {
    const files = missingKinds.flatMap((kind) => (counts[kind] ? [missingFilesWords.kind(kind, counts[kind])] : []));
    return missingFilesWords.onPage(toPlainLine(page), files.join(', '));
  });
  const others = missing.length - lines.length;
  return [...lines, ...(others > 0 ? [missingFilesWords.otherPages(others)] : [])].join('; ');
}

/** The most sessions whose starts are listed. */
const listedStarts = 20;

function sessionFacts({ starts }: JoinedSessions): [string, string][] {
  const withoutClock = starts.filter((start) => start === null).length;
  const order = joinedWords.order({ count: starts.length, withoutClock });
  const facts: [string, string][] = [[timelineDocumentWords.sessions, order]];
  if (withoutClock === starts.length || starts.length > listedStarts) return facts;
  const listed = starts.map((start, ordinal) =>
    joinedWords.start(ordinal + 1, start === null ? undefined : formatRelative(start)),
  );
  return [...facts, [timelineDocumentWords.sessionStarts, listed.join('; ')]];
}

function formatReport({ masked, dropped }: RedactionReport): string {
  const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((total, n) => total + n, 0);
  return `${timelineDocumentWords.masked(sum(masked))}, ${timelineDocumentWords.dropped(sum(dropped))}`;
}

/** Formats a duration as `m:ss.mmm` or `h:mm:ss.mmm`. */
export function formatRelative(ms: number): string {
  const rounded = Math.max(0, Math.round(ms));
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  const hours = Math.floor(rounded / 3_600_000);
  const minutes = Math.floor(rounded / 60_000) % 60;
  const rest = `${pad(Math.floor(rounded / 1000) % 60, 2)}.${pad(rounded % 1000, 3)}`;
  return hours > 0 ? `${hours}:${pad(minutes, 2)}:${rest}` : `${minutes}:${rest}`;
}

/** Formats a wall clock time as ISO 8601 in UTC. Returns '' for a time outside the range of `Date`. */
export function formatClock(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
