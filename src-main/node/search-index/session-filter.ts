import type { SearchFilters, SearchKind, SearchQuery } from '../../contract/search';
import type { SqlValue } from './database';
import { comparedAddress, comparedName } from './searchable-texts';
import { kindCode } from './schema';

/** Conditions on the table `session`, with their values in order. */
export interface SessionFilter {
  where: string;
  values: SqlValue[];
}

export function kindBitsOf(kinds: readonly SearchKind[]): number {
  return kinds.reduce((bits, kind) => bits | (1 << kindCode(kind)), 0);
}

/** Translates the filters to SQL. User input is always a bound value, never part of the statement. */
export function filterSessions({ filters, sessionId }: Pick<SearchQuery, 'filters' | 'sessionId'>): SessionFilter {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const add = (condition: string, ...more: SqlValue[]): void => {
    conditions.push(condition);
    values.push(...more);
  };
  const { user = '', source = '', url = '', kinds = [] } = filters;
  if (sessionId !== undefined) add('id = ?', sessionId);
  if (comparedName(user) !== '') add('instr(users, ?) > 0', comparedName(user));
  if (source !== '') add('sourceName = ?', source);
  if (comparedAddress(url) !== '') add('instr(pages, ?) > 0', comparedAddress(url));
  if (filters.hasError === true) add('errorCount > 0');
  if (filters.hasRage === true) add('kinds & ? <> 0', kindBitsOf(['rage-click']));
  if (kinds.length > 0) add('kinds & ? <> 0', kindBitsOf(kinds));
  addSpan(add, 'startedAt', filters.fromMs, filters.toMs);
  addSpan(add, 'durationMs', filters.minDurationMs, filters.maxDurationMs);
  return { where: conditions.length > 0 ? conditions.join(' AND ') : '1', values };
}

function addSpan(
  add: (condition: string, value: number) => void,
  column: 'startedAt' | 'durationMs',
  from: SearchFilters['fromMs'],
  to: SearchFilters['toMs'],
): void {
  if (from !== undefined) add(`${column} >= ?`, from);
  if (to !== undefined) add(`${column} <= ?`, to);
}
