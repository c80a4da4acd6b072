import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CasementError } from '../../contract/errors';
import { parseReply, wrongJsonType } from '../../core/sources/read-json';
import type { Answer } from './attempt';
import { tooLargeError } from './failure';
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
  const tooMuch = (): CasementError => tooLargeError('remote-too-large', limits.wireBytes, 'wireBytes');
  const declaredBytes = Number(headers['content-length'] ?? 0);
  if (declaredBytes > limits.wireBytes) throw tooMuch();
  // Without either, the end of the connection is the end of the body, and one that was cut off looks whole.
  if (headers['content-length'] === undefined && !/\bchunked$/i.test(headers['transfer-encoding'] ?? '')) {
    throw new CasementError('remote-no-length');
  }
  const capped = cap(answer.wire, limits.wireBytes, tooMuch);
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const isPlain = encoding === 'identity';
  if (!isPlain && encoding !== 'gzip' && encoding !== 'x-gzip') throw new CasementError('remote-compression');
  // A reply that is read whole has a bound of its own, which no setting moves.
  const isOwnBound = limitBytes !== undefined && limitBytes <= limits.inflatedBytes;
  const mostBytes = isOwnBound ? limitBytes : limits.inflatedBytes;
  const code = isPlain ? 'remote-too-large' : 'remote-inflated';
  return cap(isPlain ? capped : inflate(capped), mostBytes, () =>
    tooLargeError(code, mostBytes, isOwnBound ? undefined : 'inflatedBytes'),
  );
}

async function* cap(
  chunks: AsyncIterable<Uint8Array>,
  limitBytes: number,
  makeError: () => CasementError,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limitBytes) throw makeError();
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
  const type = answer.headers['content-type'];
  const wrongType = wrongJsonType(type);
  if (wrongType) {
    answer.finish(wrongType);
    throw wrongType;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBody(answer, limits, limitBytes)) chunks.push(chunk);
  return parseReply(Buffer.concat(chunks), type);
}
