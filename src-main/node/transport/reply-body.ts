import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Caps } from '../../contract/settings';
import type { Answer } from './attempt';
import { oddError, tooLargeError } from './failure';
import type { TransportLimits } from './limits';

/** The body of a reply with its content-encoding undone and every cap kept. Drops the connection however it ends. */
export async function* readBody(
  answer: Answer,
  limits: TransportLimits,
  limitBytes?: number,
): AsyncGenerator<Uint8Array> {
  try {
    yield* decode(answer, limits, limitBytes);
    answer.finish();
  } catch (thrown) {
    const error = answer.explain(thrown);
    answer.finish(error);
    throw error;
  } finally {
    // Who leaves the loop early gets here without an error.
    answer.finish();
  }
}

function decode(answer: Answer, limits: TransportLimits, limitBytes: number | undefined): AsyncIterable<Uint8Array> {
  const { headers } = answer;
  const declaredBytes = Number(headers['content-length'] ?? 0);
  if (declaredBytes > limits.wireBytes) throw tooLargeError(limits.wireBytes, 'wireBytes');
  // Without either, the end of the connection is the end of the body, and one that was cut off looks whole.
  if (headers['content-length'] === undefined && !/\bchunked$/i.test(headers['transfer-encoding'] ?? '')) {
    throw oddError('it does not say how long its reply is');
  }
  const capped = cap(answer.wire, limits.wireBytes, 'wireBytes');
  // A reply that is read whole has a bound of its own, which no setting moves.
  const capInflated = (chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
    limitBytes === undefined || limitBytes > limits.inflatedBytes
      ? cap(chunks, limits.inflatedBytes, 'inflatedBytes')
      : cap(chunks, limitBytes);
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return capInflated(capped);
  if (encoding === 'gzip' || encoding === 'x-gzip') return capInflated(inflate(capped));
  throw oddError('its compression is not one that was offered');
}

async function* cap(
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number,
  setting?: keyof Caps,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limitBytes) throw tooLargeError(limitBytes, setting);
    yield chunk;
  }
}

/** Small steps with back pressure: a bomb is stopped by the cap after it, a step at a time. */
async function* inflate(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const feeding = pipeline(Readable.from(chunks), gunzip);
  // The pipeline destroys `gunzip` with the same error, which the loop below then throws.
  feeding.catch(() => undefined);
  yield* gunzip as AsyncIterable<Uint8Array>;
}

/** The whole body as JSON. Refuses what says that it is something else before reading it. */
export async function readJson(answer: Answer, limits: TransportLimits, limitBytes: number): Promise<unknown> {
  const refuse = (reason: string): never => {
    const error = oddError(reason);
    answer.finish(error);
    throw error;
  };
  const type = answer.headers['content-type'] ?? '';
  if (/html/i.test(type)) refuse('a web page came instead of data');
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) refuse('what came is not JSON');
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBody(answer, limits, limitBytes)) chunks.push(chunk);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own words quote what it read.
    return refuse('what came is not JSON');
  }
}
