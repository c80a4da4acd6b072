import { describe, expect, it } from 'vitest';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { plantedRecordings } from '../../helpers/planted-values';
import { readSession, redactSession } from '../../helpers/redacted-session';
import { unlistedWords } from './unlisted-words';

/** URLs of requests keep their registered host. */
const hosts = ['googleapis', 'github', 'unsplash', 'com'];

describe.each(plantedRecordings.map(({ file }) => file))('%s, redacted', (file) => {
  it('contains only listed words in its strings and keys', () => {
    expect(unlistedWords(redactSession(readSession(file)).events, { hosts })).toEqual([]);
  });

  it('contains no interface word in its texts under the policy everything-hidden', () => {
    const { events } = redactSession(readSession(file), findPolicy('everything-hidden'));
    const texts = JSON.stringify(events).match(/"textContent":"(?:[^"\\]|\\.)*","id"/g) ?? [];
    expect(texts.filter((text) => /\p{L}{2}/u.test(text.slice('"textContent":'.length, -',"id"'.length)))).toEqual([]);
  });

  it('has other words in the original recording (control)', () => {
    expect(unlistedWords(readSession(file), { hosts }).length).toBeGreaterThan(100);
  });
});
