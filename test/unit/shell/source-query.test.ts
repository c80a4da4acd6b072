import { describe, expect, it } from 'vitest';
import { readQuery } from '../../../src-renderer/shell/sources/source-query';

const nothing = { by: 'email', text: '', from: '', to: '' } as const;

describe('the query of a source', () => {
  it('lists all sessions if nothing was entered', () => {
    expect(readQuery(nothing)).toEqual({});
  });

  it('searches by the chosen field, trimmed', () => {
    expect(readQuery({ ...nothing, text: ' a@b.example ' })).toEqual({ email: 'a@b.example' });
    expect(readQuery({ ...nothing, by: 'uid', text: 'u-1' })).toEqual({ uid: 'u-1' });
  });

  it('reads a filter, and refuses one without a name or a value', () => {
    expect(readQuery({ ...nothing, by: 'filters', text: 'id = a=b' })).toEqual({ filters: { id: 'a=b' } });
    for (const text of ['id', '=x', 'id=']) expect(readQuery({ ...nothing, by: 'filters', text })).toBeUndefined();
  });

  it('includes complete days in the user’s time zone', () => {
    const query = readQuery({ ...nothing, from: '2026-03-28', to: '2026-03-29' });
    expect(new Date(query?.from ?? 0).toString()).toContain('Mar 28 2026 00:00:00');
    expect(new Date(query?.to ?? 0).toString()).toContain('Mar 29 2026 23:59:59');
  });

  it('ignores an invalid date', () => {
    expect(readQuery({ ...nothing, from: 'x', to: '9999999-01-01' })).toEqual({});
  });
});
