import type { Question, SessionQuery } from '../../../src-main/contract/source';

export interface EnteredQuery {
  by: Question;
  text: string;
  /** Days as a date field gives them, `yyyy-mm-dd`, in the user's own time zone; '' for none. */
  from: string;
  to: string;
}

/** What was entered, as a question to a source; undefined where a filter lacks its name or its value. */
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

/** Midnight of a day, or of one some days later: a day may have 23 or 25 hours. */
function dayStart(day: string, plusDays = 0): number | undefined {
  const date = new Date(`${day}T00:00`);
  date.setDate(date.getDate() + plusDays);
  const at = date.getTime();
  return Number.isNaN(at) || at < 0 ? undefined : at;
}
