import type { Completeness } from '../../../contract/completeness';
import { CasementError } from '../../../contract/errors';
import { errorOfWebServer } from '../check-reply';
import { isWebPage } from '../read-json';
import type { FetchPort, FetchReply, RecordingPart } from '../source';
import { streamDocument } from '../stream-document';
import { expectRecording, readWholeFile } from '../whole-file';

/** The files of a recording: one, a list, or files with numbers, of which the server may not say how many there are. */
export type Location =
  { path: string } | { paths: readonly string[] } | { pathOf: (part: number) => string; total: number | undefined };

export type PartCount = Omit<Completeness, 'unit'>;

/** After this many numbers without a file in a row, the end is looked for further ahead. */
const gapLimit = 3;
const partsLimit = 100_000;
/** The next numbers are all tested, then ever fewer of those up to the last one. */
const [testedAll, testedLast, testedGrowth] = [16, 1024, 1.25];

interface Reading {
  fetch: FetchPort;
  location: Location;
  resume: string | undefined;
  signal: AbortSignal | undefined;
}

/** Reads the files of a recording, each as one document. `count` is updated with each file; it stays at 0 for a single file. */
export function readFiles(reading: Reading, count: PartCount): AsyncGenerator<RecordingPart> {
  const { fetch, location, resume, signal } = reading;
  if ('path' in location) return readWholeFile((headers) => askFile(fetch, location.path, headers, signal), resume);
  if ('paths' in location) return readList(reading, location.paths, count);
  const { pathOf, total } = location;
  return total === undefined ? readNumbers(reading, pathOf, count) : readAnnounced(reading, { pathOf, total }, count);
}

/** Parses a resume token: numbers with colons between them. Throws `remote-not-found` for another one. */
function readResume(resume: string | undefined, start: readonly number[]): readonly number[] {
  if (resume === undefined) return start;
  const numbers = /^\d{1,9}(:\d{1,9})*$/.test(resume) ? resume.split(':').map(Number) : [];
  if (numbers.length !== start.length) throw new CasementError('remote-not-found');
  return numbers;
}

/** `resume` is the number of files so far, and of those that were received. */
async function* readList(
  { fetch, resume, signal }: Reading,
  paths: readonly string[],
  count: PartCount,
): AsyncGenerator<RecordingPart> {
  const [done = 0, received = 0] = readResume(resume, [0, 0]);
  count.received = received;
  count.expected = paths.length;
  for (const [index, path] of paths.entries()) {
    if (index < done) continue;
    const reply = await askPart(fetch, path, count, signal);
    if (!reply) continue;
    const progress = { done: index + 1, total: paths.length };
    yield* streamDocument(reply, { resume: `${index + 1}:${count.received + 1}`, progress });
    count.received++;
  }
  if (count.received === 0) throw new CasementError('remote-not-found');
}

/**
 * Requests the numbers from 0 on. Numbers without a file, before one that has a file, are missing. The server doesn't say where the end is: it
 * is where some numbers in a row have no file, and none of the numbers tested further ahead has one. `resume` is the next number, the number of
 * files that were received, and of those expected so far.
 */
async function* readNumbers(
  { fetch, resume, signal }: Reading,
  pathOf: (part: number) => string,
  count: PartCount,
): AsyncGenerator<RecordingPart> {
  const [start = 0, received = 0, expected = 0] = readResume(resume, [0, 0, 0]);
  count.received = received;
  count.expected = expected;
  count.isLeast = true;
  const refuseRepeated = createRepetitionGuard();
  let missing = 0;
  let empty = 0;
  /** A number that has a file; those before it are requested whatever is missing. */
  let known = start;
  for (let number = start; number < partsLimit; number++) {
    if (number > known && missing + empty > gapLimit) {
      const further = await findFurther({ fetch, signal }, pathOf, number, count);
      if (further === undefined) break;
      known = further;
    }
    const reply = await askPart(fetch, pathOf(number), count, signal);
    // Numbers start with 0 or with 1.
    if (!reply && (number > 0 || count.expected > 0)) missing++;
    else if (reply && isEmpty(reply)) empty++;
    if (!reply || isEmpty(reply)) {
      reply?.discard();
      continue;
    }
    // An empty file before others is a part without events.
    const [all, got] = [count.expected + missing + empty + 1, count.received + empty + 1];
    yield* streamDocument(reply, { resume: `${number + 1}:${got}:${all}` }, refuseRepeated());
    [count.expected, count.received, missing, empty] = [all, got, 0, 0];
  }
  if (count.received === 0) throw new CasementError('remote-not-found');
}

/** Some servers answer an unknown part with an empty list. */
const isEmpty = ({ status, headers }: FetchReply): boolean => {
  const length = status === 206 ? headers['content-range']?.split('/')[1] : headers['content-length'];
  return ['0', '2'].includes(length ?? '');
};

/** Returns a number from `from` on that has a file; undefined if none of those tested has one. Requests one byte of each. */
async function findFurther(
  { fetch, signal }: Pick<Reading, 'fetch' | 'signal'>,
  pathOf: (part: number) => string,
  from: number,
  count: PartCount,
): Promise<number | undefined> {
  for (let ahead = 0; ahead <= testedLast; ahead = ahead < testedAll ? ahead + 1 : Math.ceil(ahead * testedGrowth)) {
    const number = from + ahead;
    if (number >= partsLimit) return undefined;
    const reply = await askPart(fetch, pathOf(number), count, signal, { range: 'bytes=0-0' });
    const isFile = reply !== undefined && !isEmpty(reply);
    reply?.discard();
    if (isFile) return number;
  }
  return undefined;
}

/** The beginning of a file that shows whether it is another one, bytes. */
const [leastCompared, mostCompared] = [64, 4096];

/** Returns a function per file that throws `remote-endless` if the file begins like the one before: the server ignores the number. */
function createRepetitionGuard(): () => (bytes: Uint8Array) => void {
  let before = '';
  return () => {
    let head = '';
    return (bytes) => {
      if (head !== '') return;
      head = String.fromCharCode(...bytes.subarray(0, mostCompared));
      if (head.length >= leastCompared && head === before) throw new CasementError('remote-endless');
      before = head;
    };
  };
}

/** Requests as many numbers as the index announces, from 0 or from 1 on. `resume` is the next number, the number received, and the last one. */
async function* readAnnounced(
  { fetch, resume, signal }: Reading,
  { pathOf, total }: { pathOf: (part: number) => string; total: number },
  count: PartCount,
): AsyncGenerator<RecordingPart> {
  const [start = 0, received = 0, end = total] = readResume(resume, [0, 0, total]);
  count.received = received;
  count.expected = total;
  const refuseRepeated = createRepetitionGuard();
  let last = end;
  for (let number = start; number <= last; number++) {
    const reply = await askPart(fetch, pathOf(number), count, signal);
    if (!reply) continue;
    if (number === 0) last = total - 1;
    const progress = { done: count.received + 1, total };
    yield* streamDocument(reply, { resume: `${number + 1}:${count.received + 1}:${last}`, progress }, refuseRepeated());
    count.received++;
  }
  if (count.received === 0) throw new CasementError('remote-not-found');
}

/**
 * Returns undefined if there is no such part. Some servers answer 403 for a missing file, or with a web page: after the first part, that isn't
 * about the key.
 */
async function askPart(
  fetch: FetchPort,
  path: string,
  { received }: PartCount,
  signal: AbortSignal | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<FetchReply | undefined> {
  const reply = await fetch({ method: 'GET', path, accept, signal, headers });
  const { status } = reply;
  // A file without bytes has no first byte.
  const isMissing = [404, 410, ...(headers.range === undefined ? [] : [416])].includes(status);
  const isElse = status === 403 || (status === 200 && isWebPage(reply.headers['content-type']));
  if (isMissing || (isElse && received > 0)) {
    reply.discard();
    return undefined;
  }
  if (status !== 200 && (status !== 206 || headers.range === undefined)) {
    reply.discard();
    throw errorOfWebServer(reply, 'session');
  }
  expectRecording(reply);
  return reply;
}

const accept = 'application/gzip, application/json;q=0.9, */*;q=0.5';

async function askFile(
  fetch: FetchPort,
  path: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<FetchReply> {
  const reply = await fetch({ method: 'GET', path, headers, accept, signal });
  if (![200, 206, 412, 416].includes(reply.status)) {
    reply.discard();
    throw errorOfWebServer(reply, 'session');
  }
  if (reply.status < 300) expectRecording(reply);
  return reply;
}
