import { fieldsOf, readFields, writeFields, type Field } from './field';
import type { JsonRecord } from '../json';

const initiators: ReadonlySet<string> = new Set(
  `audio beacon body css early-hint embed fetch frame iframe icon image img input link navigation object other ping script track video xhr
  xmlhttprequest`.split(/\s+/),
);

/**
 * The facts of a request in rrweb's network plugin. Without `startTime` and `endTime`: some recorders write the wall clock, others the time
 * since the page was opened. The status stays under its key: `responseStatus` is the one of the browser's timings, which hide that of other
 * origins.
 */
const entryFields = fieldsOf({
  name: { is: 'address' },
  method: { is: 'method' },
  initiatorType: { is: 'constant', known: initiators },
  entryType: { is: 'constant', known: new Set(['navigation', 'resource']) },
  status: { is: 'status' },
  responseStatus: { is: 'status' },
  error: { is: 'presence' },
  duration: { is: 'duration' },
  transferSize: { is: 'size' },
  encodedBodySize: { is: 'size' },
  decodedBodySize: { is: 'size' },
  isInitial: { is: 'flag' },
});

/** Reads the facts of one request. */
export function readNetworkEntry(request: JsonRecord): { fields: readonly Field[]; facts: JsonRecord } {
  const fields = readFields(request, entryFields);
  return { fields, facts: writeFields(fields) };
}
