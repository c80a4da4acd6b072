import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecordingPart, orderParts } from '../../../src-main/core/sources/recording-parts';

const listed = (names: readonly string[]) => names.map((part, index) => ({ part, modifiedAt: index }));
const order = (...names: string[]): string[] => orderParts(listed(names)).ordered.map(({ part }) => part);
const missing = (...names: string[]): number => orderParts(listed(names)).missing;

describe('the parts of a recording', () => {
  it('are sorted by number, whatever its width', () => {
    expect(order('batch-10', 'batch-2', 'batch-1')).toEqual(['batch-1', 'batch-2', 'batch-10']);
    expect(order('0010', '0009')).toEqual(['0009', '0010']);
    expect(order('2026-11-9T10', '2026-11-10T9')).toEqual(['2026-11-9T10', '2026-11-10T9']);
    expect(order('99999999999999999999', '100000000000000000000')).toEqual([
      '99999999999999999999',
      '100000000000000000000',
    ]);
  });

  it('are sorted by time if their names have nothing in common', () => {
    expect(order('9f', 'x1y', 'a')).toEqual(['9f', 'x1y', 'a']);
  });

  it('are sorted the same for any order of the list', () => {
    const numbers = fc.uniqueArray(fc.nat({ max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (values) => {
        const sorted = [...values].sort((one, other) => one - other).map((value) => `p-${value}.json`);
        expect(order(...values.map((value) => `p-${value}.json`))).toEqual(sorted);
      }),
    );
  });

  it.each([
    [0, ['0', '1', '2']],
    [0, ['1', '2', '3']],
    [0, ['batch-1.ndjson.gz']],
    [1, ['0', '2']],
    [2, ['1', '2', '5']],
    // The first parts are missing.
    [2, ['3', '4']],
    [1, ['2']],
    [0, []],
    // Times and positions are no numbers of parts.
    [0, ['1700000000000', '1700000009000']],
    [0, ['0', '500', '1000', '1500']],
    [0, ['52000']],
    [0, ['2026-11-23', '2026-12-25']],
    [0, ['a', 'b']],
  ])('lack %i of %j', (count, names) => {
    expect(missing(...names)).toBe(count);
  });

  it.each([
    [5, ['0', '1', '2', '4', '5', '10'], ['user.json']],
    [1, ['chunk-1', 'chunk-2', 'chunk-4'], ['events.json', 'state-2.json']],
    [0, ['0.json', '1.json'], ['v2-notes.json']],
  ])('lack %i of %j, whatever %j beside them', (count, numbered, others) => {
    const found = orderParts(listed([...others, ...numbered]));
    expect(found.ordered.map(({ part }) => part)).toEqual(numbered);
    expect(found.others.map(({ part }) => part)).toEqual(others);
    expect(found.missing).toBe(count);
    // The control: the same number without the other files.
    expect(missing(...numbered)).toBe(count);
  });

  it('begin with one without a number', () => {
    expect(order('events-3.json', 'events.json', 'events-2.json')).toEqual([
      'events.json',
      'events-2.json',
      'events-3.json',
    ]);
    expect(missing('events.json', 'events-2.json', 'events-3.json')).toBe(0);
    expect(missing('events.json', 'events-3.json', 'events-4.json')).toBe(1);
  });

  it.each([
    ['1', true],
    ['batch-1.ndjson.gz', true],
    ['events.jsonl', true],
    ['0001.json.gz', true],
    ['session-7', true],
    ['', false],
    ['metadata', false],
    ['meta.json', false],
    ['s-metadata-1.json', false],
    ['manifest.json', false],
    ['index.json', false],
    ['recording.info', false],
    ['1.webm', false],
    ['screenshot.png', false],
    ['_SUCCESS', false],
    ['.keep', false],
  ])('include %j: %s', (name, isPart) => {
    expect(isRecordingPart(name)).toBe(isPart);
  });
});
