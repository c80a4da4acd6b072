import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasCode } from '../../src-main/contract/errors';
import type { PreparedExport } from '../../src-main/core/export/prepare';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { writeTimelineFile } from '../../src-main/node/export/write-export';
import { element, incremental, snapshot } from '../unit/redaction/small-page';
import { makeTempFolder } from '../helpers/temp-folder';
import { encodingNames } from './encodings';
import { prepareRecording } from './exports';
import { Finder } from './find';
import { makeCanary } from './recording';
import { typeNames } from './value-types';

const facts = {
  title: 'Order',
  software: 'Casement test',
  policy: 'private-by-default',
  generatedAt: '2026-11-23T10:00:00Z',
};
/** A value of each type, each typed into a separate field. */
const canaries = typeNames.flatMap((_, type) => makeCanary(0, encodingNames.indexOf('plain'), type) ?? []);
const fields = canaries.map((_, index) => element(10 + index, 'input', { type: 'text' }));
const typed = [
  snapshot(fields),
  ...canaries.map(({ value }, index) =>
    incremental(5, { id: 10 + index, text: value, isChecked: false }, 1000 + index),
  ),
];

/** Texts of an export that its user writes. No redaction rule hides them. */
const names: Readonly<Record<string, (value: string) => { fileName?: string; title?: string; note?: string }>> = {
  'the file name': (value) => ({ fileName: `order of ${value}.md` }),
  'the title': (value) => ({ title: `Order of ${value}` }),
  'a note': (value) => ({ note: `Wrote to ${value} today` }),
};

describe.each(Object.entries(names))('a private value in %s', (_, name) => {
  it('prevents the export, and the error doesn’t contain it', async () => {
    const folder = await makeTempFolder();
    const prepared = await prepareRecording(Buffer.from(JSON.stringify(typed)), findPolicy('private-by-default'));
    const passed: string[] = [];
    for (const { type, value } of canaries) {
      const { fileName = 'order.md', title = facts.title, note } = name(value);
      const notes: PreparedExport['notes'] = note === undefined ? [] : [{ id: 'n', atMs: 0, text: note }];
      const order = { path: join(folder, 'order.md'), fileName, facts: { ...facts, title } };
      const thrown: unknown = await writeTimelineFile({
        ...order,
        format: 'md',
        prepared: { ...prepared, notes },
      }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!hasCode(thrown, 'leak-refused')) passed.push(type);
      else
        expect(new Finder(canaries).inText(`${thrown.message} ${JSON.stringify(thrown.details)}`)).toEqual(new Set());
    }
    expect(passed).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
