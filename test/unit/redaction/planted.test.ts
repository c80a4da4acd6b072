import { describe, expect, it } from 'vitest';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { plantedRecordings, valueForms } from '../../helpers/planted-values';
import { readRecordingText, readSession, redactSession } from '../../helpers/redacted-session';

/** Returns the forms of a value that a text contains. */
function formsIn(text: string, value: string): string[] {
  return valueForms(value).flatMap(({ form, pattern }) => (pattern.test(text) ? [form] : []));
}

describe.each(plantedRecordings)('a value planted in $file', ({ file, values }) => {
  const original = readRecordingText(file);

  it.each(values)('is in the recording (control): %s', (value) => {
    expect(formsIn(original, value)).toContain('plain');
  });

  it.each(['private-by-default', 'incident', 'everything-hidden'])('is not in an export under %s', (name) => {
    const { events } = redactSession(readSession(file), findPolicy(name));
    const text = JSON.stringify(events);
    const left = values.flatMap((value) => formsIn(text, value).map((form) => `${value} (${form})`));
    expect(left).toEqual([]);
  });

  it('isn’t changed in the input of the redaction', () => {
    const session = readSession(file);
    redactSession(session);
    expect(session).toEqual(readSession(file));
  });
});

it('finds a value in every form that it searches for', () => {
  const value = 'jane.doe@acme-example.com';
  expect(formsIn(encodeURIComponent(value), value)).toContain('percent');
  for (const before of [0, 1, 2]) {
    const text = Buffer.from(`${'x'.repeat(before)}${value}yz`).toString('base64');
    expect(formsIn(text, value)).toContain(`base64 after ${before}`);
  }
});
