import { describe, expect, it } from 'vitest';
import {
  countEntered,
  noEnteredFilters,
  readQuery,
  usableFilters,
  type EnteredFilters,
} from '../../../src-renderer/shell/sources/source-query';

const filtered = (filters: Partial<EnteredFilters>): EnteredFilters => ({ ...noEnteredFilters, ...filters });

describe('the query of a source', () => {
  it('lists all sessions if nothing was entered', () => {
    expect(readQuery(undefined, noEnteredFilters)).toEqual({});
    expect(countEntered(noEnteredFilters)).toBe(0);
  });

  it('searches by the reading of the text', () => {
    for (const by of ['email', 'uid', 'distinctId', 'page'] as const) {
      expect(readQuery({ by, text: 'x' }, noEnteredFilters)).toEqual({ [by]: 'x' });
    }
  });

  it('reads filters, one per line and in the text, and refuses one without a name or a value', () => {
    const other = ' id = a=b \n\nplan=pro';
    expect(readQuery(undefined, filtered({ other }))).toEqual({ filters: { id: 'a=b', plan: 'pro' } });
    const typed = { by: 'filters', text: 'release=7' } as const;
    expect(readQuery(typed, filtered({ other: 'plan=pro' }))?.filters).toEqual({ plan: 'pro', release: '7' });
    for (const wrong of ['id', '=x', 'id=', 'a=b\nid']) {
      expect(readQuery(undefined, filtered({ other: wrong }))).toBeUndefined();
    }
  });

  it('narrows by duration, errors, page and group', () => {
    const filters = filtered({ length: 'middle', hasErrors: true, page: ' /cart ', group: 'Acme' });
    expect(countEntered(filters)).toBe(4);
    expect(readQuery({ by: 'email', text: 'a@b.example' }, filters)).toEqual({
      email: 'a@b.example',
      minDurationMs: 60_000,
      maxDurationMs: 600_000,
      hasErrors: true,
      page: '/cart',
      group: 'Acme',
    });
  });

  it('ignores the filters for the id of one session', () => {
    const filters = filtered({ hasErrors: true, from: '2026-01-01', other: 'not a filter' });
    expect(readQuery({ by: 'sessionId', text: 'abc' }, filters)).toEqual({ sessionId: 'abc' });
  });

  it('includes complete days in the user’s time zone', () => {
    const query = readQuery(undefined, filtered({ from: '2026-03-28', to: '2026-03-29' }));
    expect(new Date(query?.from ?? 0).toString()).toContain('Mar 28 2026 00:00:00');
    expect(new Date(query?.to ?? 0).toString()).toContain('Mar 29 2026 23:59:59');
  });

  it('ignores an invalid date', () => {
    expect(readQuery(undefined, filtered({ from: 'x', to: '9999999-01-01' }))).toEqual({});
  });

  it('offers the filters that a platform supports', () => {
    expect(usableFilters(['email', 'from', 'to', 'minDurationMs', 'filters'])).toEqual(['from', 'to', 'other']);
    expect(usableFilters(['maxDurationMs', 'minDurationMs', 'page'])).toEqual(['length', 'page']);
  });
});
