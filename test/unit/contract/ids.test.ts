import * as v from 'valibot';
import { expect, it } from 'vitest';
import { CaseId, SessionId } from '../../../src-main/contract/ids';
import { makeId } from '../../../src-main/node/make-id';

it('makes valid, distinct ids', () => {
  const ids = Array.from({ length: 100 }, () => makeId('s'));
  expect(ids.every((id) => v.is(SessionId, id) && v.is(CaseId, id) && id.startsWith('s-'))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});
