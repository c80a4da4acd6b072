import type { Question, Reading, SearchField, SessionQuery } from '../../../src-main/contract/source';
import { lengthLimits, type LengthChoice } from '../ui/length-choice';

/** The filters of a source's search. They narrow every search but that for one session. */
export interface EnteredFilters {
  /** Days as a date field returns them: `yyyy-mm-dd` in the computer's time zone, or ''. */
  from: string;
  to: string;
  length: LengthChoice;
  hasErrors: boolean;
  page: string;
  group: string;
  /** `name=value`, one per line. */
  other: string;
}

export const noEnteredFilters: EnteredFilters = {
  from: '',
  to: '',
  length: 'any',
  hasErrors: false,
  page: '',
  group: '',
  other: '',
};

/** The parts of the filter form, and the fields of a query that each one needs. */
const needed: Record<keyof EnteredFilters, readonly SearchField[]> = {
  from: ['from'],
  to: ['to'],
  length: ['minDurationMs', 'maxDurationMs'],
  hasErrors: ['hasErrors'],
  page: ['page'],
  group: ['group'],
  other: ['filters'],
};

/** Returns the parts of the filter form that a platform supports. */
export function usableFilters(known: readonly SearchField[]): readonly (keyof EnteredFilters)[] {
  const parts = Object.keys(needed) as (keyof EnteredFilters)[];
  return parts.filter((part) => needed[part].every((field) => known.includes(field)));
}

/** Returns the number of filters that are set. */
export function countEntered(filters: EnteredFilters): number {
  const parts = Object.keys(needed) as (keyof EnteredFilters)[];
  return parts.filter((part) => {
    const value = filters[part];
    return typeof value === 'string' ? value.trim() !== noEnteredFilters[part] : value;
  }).length;
}

/** Returns whether a search ignores the filters: the id names one session. */
export const isForOneSession = (by: Question | undefined): boolean => by === 'sessionId';

/** Converts the form to a query. Returns undefined if a filter lacks its name or its value. */
export function readQuery(reading: Reading | undefined, filters: EnteredFilters): SessionQuery | undefined {
  if (reading && isForOneSession(reading.by)) return { sessionId: reading.text };
  const lines = [...filters.other.split('\n'), ...(reading?.by === 'filters' ? [reading.text] : [])];
  const named = lines.map((line) => line.trim()).filter((line) => line !== '');
  const pairs = named.map((line) => /^([^=]+?)\s*=\s*(.+)$/.exec(line));
  if (pairs.some((pair) => pair === null)) return undefined;
  const query: SessionQuery = { ...lengthLimits[filters.length] };
  if (pairs.length > 0) query.filters = Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
  if (filters.page.trim() !== '') query.page = filters.page.trim();
  if (filters.group.trim() !== '') query.group = filters.group.trim();
  if (filters.hasErrors) query.hasErrors = true;
  if (reading && reading.by !== 'filters') query[reading.by] = reading.text;
  const first = dayStart(filters.from);
  const afterLast = dayStart(filters.to, 1);
  if (first !== undefined) query.from = first;
  if (afterLast !== undefined) query.to = afterLast - 1;
  return query;
}

/** Returns midnight of a day, or of a later one. Not a multiple of 24 hours: a day may have 23 or 25. */
function dayStart(day: string, plusDays = 0): number | undefined {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + plusDays);
  const at = date.getTime();
  return Number.isNaN(at) || at < 0 ? undefined : at;
}
