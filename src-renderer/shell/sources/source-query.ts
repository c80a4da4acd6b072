import type { Question, SessionQuery } from '../../../src-main/contract/source';

export interface EnteredQuery {
  by: Question;
  text: string;
  /** Days as a date field returns them: `yyyy-mm-dd` in the computer's time zone, or ''. */
  from: string;
  to: string;
}

/** Converts the form to a query. Returns undefined if a filter lacks its name or its value. */
export function readQuery({ by, text, from, to }: EnteredQuery): SessionQuery | undefined {
  const asked = text.trim();
  const query: SessionQuery = {};
  if (asked !== '') {
    if (by === 'filters') {
      const [, name, value] = /^([^=]+?)\s*=\s*(.+)$/.exec(asked) ?? [];
      if (name === undefined || value === undefined) return undefined;
      query.filters = { [name]: value };
    } else query[by] = asked;
  }
  const first = dayStart(from);
  const afterLast = dayStart(to, 1);
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
