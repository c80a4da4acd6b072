import { expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { createCasePseudonyms } from '../../../src-main/node/export/case-pseudonyms';
import { toSession } from '../../helpers/redacted-session';
import { element, snapshot, startedAt, text } from './small-page';

const policy = findPolicy('internal');

/** A page that shows addresses, one after the other. */
const pageWith = (...addresses: string[]): RecordedEvent =>
  snapshot(addresses.map((address, index) => element(10 + 2 * index, 'p', {}, [text(11 + 2 * index, address)])));

/** What the pages of sessions that leave together show. */
async function leaveTogether(...pages: RecordedEvent[]): Promise<string[][]> {
  const pseudonyms = createCasePseudonyms();
  const shown: string[][] = [];
  for (const page of pages) {
    const prepared = await prepareExport(toSession([page]), { policy, notes: [], startedAt, pseudonyms });
    for await (const { event } of prepared.recording.events())
      shown.push(JSON.stringify(event).match(/EMAIL-\d+|\w+@[\w.]+/g) ?? []);
  }
  return shown;
}

it('gives a value the same name in all sessions of a case, whatever its spelling', async () => {
  const pages = [
    pageWith('jane@acme.test', 'olga@acme.test'),
    pageWith('OLGA@acme.test', 'kim@acme.test', 'jane@acme.test'),
  ];
  expect(await leaveTogether(...pages)).toEqual([
    ['EMAIL-1', 'EMAIL-2'],
    ['EMAIL-2', 'EMAIL-3', 'EMAIL-1'],
  ]);
});

it('names values by their order in a case, independent of other cases', async () => {
  const first = await leaveTogether(pageWith('jane@acme.test', 'olga@acme.test'));
  const second = await leaveTogether(pageWith('kim@acme.test', 'olga@acme.test', 'jane@acme.test'));
  expect([first[0]?.[0], second[0]?.[2]]).toEqual(['EMAIL-1', 'EMAIL-3']);
  // The same names whoever is meant: they can't be looked up.
  expect(await leaveTogether(pageWith('a@other.test', 'b@other.test', 'c@other.test'))).toEqual(second);
});
