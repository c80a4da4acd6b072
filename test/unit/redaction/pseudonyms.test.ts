import { expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { createCasePseudonyms } from '../../../src-main/node/export/case-pseudonyms';
import { toSession } from '../../helpers/redacted-session';
import { element, snapshot, startedAt, text } from './small-page';

const policy = findPolicy('internal');

/** Creates a page that shows these email addresses in order. */
const pageWith = (...addresses: string[]): RecordedEvent =>
  snapshot(addresses.map((address, index) => element(10 + 2 * index, 'p', {}, [text(11 + 2 * index, address)])));

/** Exports several sessions together. Returns the names and email addresses on each page. */
async function exportTogether(...pages: RecordedEvent[]): Promise<string[][]> {
  const pseudonyms = createCasePseudonyms();
  const shown: string[][] = [];
  for (const page of pages) {
    const prepared = await prepareExport(toSession([page]), { policy, notes: [], startedAt, pseudonyms });
    for await (const { event } of prepared.recording.events())
      shown.push(JSON.stringify(event).match(/EMAIL-\d+|\w+@[\w.]+/g) ?? []);
  }
  return shown;
}

it('gives a value the same name in all sessions of a case, in any spelling', async () => {
  const pages = [
    pageWith('jane@acme.test', 'olga@acme.test'),
    pageWith('OLGA@acme.test', 'kim@acme.test', 'jane@acme.test'),
  ];
  expect(await exportTogether(...pages)).toEqual([
    ['EMAIL-1', 'EMAIL-2'],
    ['EMAIL-2', 'EMAIL-3', 'EMAIL-1'],
  ]);
});

it('names values by their order in a case, independent of other cases', async () => {
  const first = await exportTogether(pageWith('jane@acme.test', 'olga@acme.test'));
  const second = await exportTogether(pageWith('kim@acme.test', 'olga@acme.test', 'jane@acme.test'));
  expect([first[0]?.[0], second[0]?.[2]]).toEqual(['EMAIL-1', 'EMAIL-3']);
  // Other values get the same names, so a name can't be traced to a value.
  expect(await exportTogether(pageWith('a@other.test', 'b@other.test', 'c@other.test'))).toEqual(second);
});
