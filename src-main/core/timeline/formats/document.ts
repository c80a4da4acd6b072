import type { RedactionReport } from '../../../contract/policy';
import type { TimelineEntry } from '../../../contract/timeline';
import { timelineDocumentWords } from '../../../contract/words/timeline';
import { toPlainLine } from '../plain-text';

/** A timeline with what a reader has to know about it. */
export interface TimelineDocument {
  title: string;
  /** Wall clock of the session's start, ms since 1970; null where only relative times may be shown. */
  startedAt: number | null;
  durationMs: number;
  /** Such as `Casement 0.1.0`. */
  software: string;
  /** The redaction policy's name; undefined for a timeline that was not redacted. */
  policy?: string | undefined;
  entries: readonly TimelineEntry[];
  report?: RedactionReport | undefined;
  /** When the document was written, ISO 8601. */
  generatedAt: string;
}

/** A note may be this long, and no entry is longer. */
const textLimit = 4000;

/** Every string of a document as one line of visible text: what is left for a format to do is its own escaping. */
export function cleanDocument(document: TimelineDocument): TimelineDocument {
  return {
    ...document,
    title: toPlainLine(document.title),
    software: toPlainLine(document.software),
    policy: document.policy === undefined ? undefined : toPlainLine(document.policy),
    generatedAt: toPlainLine(document.generatedAt),
    entries: document.entries.map((entry) => ({
      ...entry,
      windowId: toPlainLine(entry.windowId, 40),
      text: toPlainLine(entry.text, textLimit),
    })),
  };
}

/** Whether entries come from several windows, so that each has to say from which. */
export function hasSeveralWindows(entries: readonly TimelineEntry[]): boolean {
  return new Set(entries.filter(({ kind }) => kind !== 'note').map(({ windowId }) => windowId)).size > 1;
}

/** The facts above the entries, as pairs of a name and a value. */
export function documentFacts(document: TimelineDocument): [string, string][] {
  const words = timelineDocumentWords;
  const { startedAt, durationMs, entries, policy, report, generatedAt, software } = document;
  return [
    [words.started, startedAt === null ? words.noClock : showClock(startedAt)],
    [words.duration, showRelative(durationMs)],
    [words.entries, String(entries.length)],
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
