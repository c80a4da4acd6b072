import { CasementError } from '../../contract/errors';
import { concatBytes } from '../bytes';
import { parseReply, replyDecoder, wrongJsonType } from './read-json';
import type { FetchReply } from './source';

/** JavaScript may not represent integers with this many digits exactly (2^53 has sixteen). */
const longDigits = 16;

/**
 * Reads the complete body as JSON and returns long integers as strings, so that 64-bit ids stay exact. `limitBytes` applies to the
 * decompressed body. Throws `remote-too-large`, and the errors of `wrongJsonType` and `parseReply`.
 */
export async function readExactJson(reply: FetchReply, limitBytes: number): Promise<unknown> {
  const type = reply.headers['content-type'];
  const error = wrongJsonType(type);
  if (error) {
    reply.discard();
    throw error;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of upTo(reply, limitBytes)) chunks.push(chunk);
  return parseReply(concatBytes(chunks), type, quoteLongIntegers);
}

/** Reads the complete body as text. Throws `remote-too-large` over the limit, `remote-charset` if it isn't UTF-8. */
export async function readText(reply: FetchReply, limitBytes: number): Promise<string> {
  const decode = replyDecoder();
  let text = '';
  for await (const chunk of upTo(reply, limitBytes)) text += decode(chunk);
  return text + decode();
}

async function* upTo(reply: FetchReply, limitBytes: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of reply.bytes()) {
    total += chunk.length;
    if (total > limitBytes) throw new CasementError('remote-too-large', { limit: `${Math.ceil(limitBytes / 1e6)} MB` });
    yield chunk;
  }
}

/** Puts each integer with at least sixteen digits in quotes. Invalid JSON stays invalid. */
export function quoteLongIntegers(json: string): string {
  const pieces: string[] = [];
  let taken = 0;
  let at = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === 0x22) {
      at = endOfString(json, at);
      continue;
    }
    if (code !== 0x2d && !isDigit(code)) {
      at++;
      continue;
    }
    const start = at++;
    while (isDigit(json.charCodeAt(at))) at++;
    const digits = at - start - (code === 0x2d ? 1 : 0);
    // A number with a fraction or an exponent is not an id; its remaining digits are skipped.
    const isInteger = !/[.eE+]/.test(json[at] ?? '');
    while (/[\d.eE+-]/.test(json[at] ?? '')) at++;
    if (!isInteger || digits < longDigits) continue;
    pieces.push(json.slice(taken, start), '"', json.slice(start, at), '"');
    taken = at;
  }
  return taken === 0 ? json : pieces.join('') + json.slice(taken);
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Returns the offset after the string that begins at `start`, or the text's length if it is unterminated. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = json.indexOf('"', at);
    if (quote === -1) return json.length;
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}
