import { describe, expect, it } from 'vitest';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { plantedRecordings } from '../../helpers/planted-values';
import { readSession, redactSession } from '../../helpers/redacted-session';
import { strangeWords } from './allowed-words';

/** Addresses that were called keep their registered host. */
const hosts = ['googleapis', 'github', 'unsplash', 'com'];

describe.each(plantedRecordings.map(({ file }) => file))('%s, redacted', (file) => {
  it('holds no word in any string or key that is not on a list', () => {
    expect(strangeWords(redactSession(readSession(file)).events, { hosts })).toEqual([]);
  });

  it('holds no word of the vocabulary in its texts when everything is hidden', () => {
    const { events } = redactSession(readSession(file), findPolicy('everything-hidden'));
    const texts = JSON.stringify(events).match(/"textContent":"(?:[^"\\]|\\.)*","id"/g) ?? [];
    expect(texts.filter((text) => /\p{L}{2}/u.test(text.slice('"textContent":'.length, -',"id"'.length)))).toEqual([]);
  });

  it('says so of the recording itself', () => {
    expect(strangeWords(readSession(file), { hosts }).length).toBeGreaterThan(100);
  });
});
