import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CasementError } from '../../contract/errors';
import { parseReply, wrongJsonType } from '../../core/sources/read-json';
import type { OpenReply } from './attempt';
import { tooLargeError } from './failure';
import type { TransportLimits } from './limits';

/** Reads the decompressed body within all limits. Closes the connection however it ends. */
export async function* readBody(
  reply: OpenReply,
  limits: TransportLimits,
  limitBytes?: number,
): AsyncGenerator<Uint8Array> {
  try {
    yield* decode(reply, limits, limitBytes);
    reply.finish();
  } catch (thrown) {
    const error = reply.explain(thrown);
    reply.finish(error);
    throw error;
  } finally {
    // A caller that leaves the loop early gets here without an error.
    reply.finish();
  }
}

function decode(reply: OpenReply, limits: TransportLimits, limitBytes: number | undefined): AsyncIterable<Uint8Array> {
  const { headers } = reply;
  const tooLarge = (): CasementError => tooLargeError('remote-too-large', limits.wireBytes, 'wireBytes');
  const declaredBytes = Number(headers['content-length'] ?? 0);
  if (declaredBytes > limits.wireBytes) throw tooLarge();
  // Without either, the end of the connection ends the body, and a truncated body would look complete.
  if (headers['content-length'] === undefined && !/\bchunked$/i.test(headers['transfer-encoding'] ?? '')) {
    throw new CasementError('remote-no-length');
  }
  const capped = cap(reply.wire, limits.wireBytes, tooLarge);
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const isPlain = encoding === 'identity';
  if (!isPlain && encoding !== 'gzip' && encoding !== 'x-gzip') throw new CasementError('remote-compression');
  // A reply that is read into memory has its own limit, which no setting raises.
  const isOwnLimit = limitBytes !== undefined && limitBytes <= limits.inflatedBytes;
  const maxBytes = isOwnLimit ? limitBytes : limits.inflatedBytes;
  const code = isPlain ? 'remote-too-large' : 'remote-inflated';
  return cap(isPlain ? capped : inflate(capped), maxBytes, () =>
    tooLargeError(code, maxBytes, isOwnLimit ? undefined : 'inflatedBytes'),
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

/** Inflates in small steps with back pressure, so that the cap behind it stops a decompression bomb. */
async function* inflate(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const feeding = pipeline(Readable.from(chunks), gunzip);
  // The pipeline destroys `gunzip` with the same error, which the loop below throws.
  feeding.catch(() => undefined);
  yield* gunzip as AsyncIterable<Uint8Array>;
}

/** Reads the complete body as JSON. Refuses another content type before reading. */
export async function readJson(reply: OpenReply, limits: TransportLimits, limitBytes: number): Promise<unknown> {
  const type = reply.headers['content-type'];
  const wrongType = wrongJsonType(type);
  if (wrongType) {
    reply.finish(wrongType);
    throw wrongType;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBody(reply, limits, limitBytes)) chunks.push(chunk);
  return parseReply(Buffer.concat(chunks), type);
}
