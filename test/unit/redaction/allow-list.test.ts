import { describe, expect, it } from 'vitest';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { plantedRecordings } from '../../helpers/planted-values';
import { readSession, redactSession } from '../../helpers/redacted-session';
import { unlistedWords } from './unlisted-words';

/** Addresses that were called keep their registered host. */
const hosts = ['googleapis', 'github', 'unsplash', 'com'];

describe.each(plantedRecordings.map(({ file }) => file))('%s, redacted', (file) => {
  it('contains only listed words in its strings and keys', () => {
    expect(unlistedWords(redactSession(readSession(file)).events, { hosts })).toEqual([]);
  });

  it('contains no interface word in its texts by the policy everything-hidden', () => {
    const { events } = redactSession(readSession(file), findPolicy('everything-hidden'));
    const texts = JSON.stringify(events).match(/"textContent":"(?:[^"\\]|\\.)*","id"/g) ?? [];
    expect(texts.filter((text) => /\p{L}{2}/u.test(text.slice('"textContent":'.length, -',"id"'.length)))).toEqual([]);
  });

  it('finds other words in the recording itself (control)', () => {
    expect(unlistedWords(readSession(file), { hosts }).length).toBeGreaterThan(100);
  });
});
