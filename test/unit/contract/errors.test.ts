import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  canRetry,
  CasementError,
  errorSentence,
  errorTable,
  hasCode,
  matchesCode,
  toErrorReply,
} from '../../../src-main/contract/errors';

const docs = readFileSync(resolve(import.meta.dirname, '../../../docs/errors.md'), 'utf8');

describe('errorTable', () => {
  it('has the same codes as docs/errors.md, in the same order', () => {
    const documented = [...docs.matchAll(/^## (.+)$/gm)].map(([, code]) => code);
    expect(documented).toEqual(Object.keys(errorTable));
  });

  it.each(['remote-not-found', 'remote-deleted', 'remote-lost'] as const)(
    'offers no retry for data that is gone: %s',
    (code) => {
      expect(canRetry({ code })).toBe(false);
      expect(canRetry({ code: 'remote-no-data' })).toBe(true);
    },
  );

  it('fills the placeholders of a message and marks missing ones', () => {
    expect(errorSentence({ code: 'remote-rate-limited', details: { seconds: 30 } })).toContain('Wait 30 s,');
    expect(errorSentence({ code: 'remote-rate-limited' })).toContain('Wait ? s,');
  });

  it('hides the text of an unexpected error', () => {
    const reply = toErrorReply(new Error('jane.doe@example.com typed hunter2'));
    expect(reply).toEqual({ code: 'bug' });
    expect(JSON.stringify(toErrorReply(new CasementError('disk-full')))).toBe('{"code":"disk-full"}');
  });
});

describe('hasCode', () => {
  it('matches any of the codes', () => {
    expect(hasCode(new CasementError('disk-full'), 'file-missing', 'disk-full')).toBe(true);
    expect(hasCode(new CasementError('disk-full'), 'file-missing')).toBe(false);
    expect(hasCode(new CasementError('disk-full'))).toBe(false);
  });

  it('matches all codes of a group by their first word', () => {
    expect(hasCode(new CasementError('keychain-locked'), 'keychain-*')).toBe(true);
    expect(hasCode(new CasementError('key-refused'), 'keychain-*')).toBe(false);
    expect(hasCode(new CasementError('keychain-locked'), 'key-*')).toBe(false);
    expect(matchesCode('key-missing', 'key-*')).toBe(true);
  });

  it('matches no foreign error, even if it has the same code', () => {
    expect(hasCode(Object.assign(new Error('x'), { code: 'disk-full' }), 'disk-full')).toBe(false);
    expect(hasCode({ code: 'disk-full' }, 'disk-full')).toBe(false);
    expect(hasCode(undefined, 'disk-full')).toBe(false);
  });
});
