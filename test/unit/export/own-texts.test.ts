import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src-main/contract/note';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { createOwnTextMask } from '../../../src-main/core/export/own-texts';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { fixturePath } from '../../helpers/fixtures';
import { toSession } from '../../helpers/redacted-session';

const read = (name: string): unknown => JSON.parse(readFileSync(fixturePath(`redaction/${name}.json`), 'utf8'));
const session = toSession(read('31-notes-are-not-redacted') as RecordedEvent[]);
const written = read('31-notes-are-not-redacted.note') as Note;
const startedAt = session[0]?.event.timestamp ?? 0;
const values = /vraszkovic|7781234|23\.08\.1979|boss\.person|otherfirm|DE89|0532|ottoline/i;

describe('notes', () => {
  it.each(['private-by-default', 'readable', 'internal', 'everything-hidden', 'incident'])(
    'are masked like the other texts of a case under %s',
    async (name) => {
      const policy = findPolicy(name);
      const prepared = await prepareExport(session, { policy, notes: [written], startedAt });
      expect(JSON.stringify([prepared.notes, prepared.entries])).not.toMatch(values);
      expect(prepared.notes[0]?.text).toMatch(/called twice, phone/);
      expect(prepared.report.masked['case-text']).toBe(2);
    },
  );

  it('stay as written without private values', async () => {
    const note = { id: 'n1', atMs: 5, text: 'The button does nothing; it works after a reload.', tags: ['checkout'] };
    const prepared = await prepareExport(session, { policy: findPolicy('readable'), notes: [note], startedAt });
    expect(prepared.notes).toEqual([note]);
    expect(prepared.report.masked['case-text']).toBeUndefined();
  });

  it('and titles are masked by the values of all sessions of a case', async () => {
    const policy = findPolicy('private-by-default');
    const { entities } = await prepareExport(session, { policy, notes: [], startedAt });
    expect(createOwnTextMask(policy, [entities], undefined)('Ticket Vraszkovic, Ottoline')).not.toMatch(values);
    expect(createOwnTextMask(policy, [], undefined)('Ticket Vraszkovic')).toBe('Ticket Vraszkovic');
  });
});
