import { CasementError } from '../../contract/errors';
import { concatBytes } from '../bytes';
import { parseReply, replyDecoder, wrongJsonType } from './read-json';
import type { FetchReply } from './source';

/** From so many digits on a whole number may be one that JavaScript can't hold exactly (2^53 has sixteen). */
const longDigits = 16;

/**
 * The whole body as JSON in which long whole numbers come as strings: ids of 64 bits stay the ids that they are.
 * `limitBytes` counts after inflating. Errors: those of `wrongJsonType` and `parseReply`, `remote-too-large`.
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

/** The whole body as text. Throws `remote-too-large` over the limit, `remote-charset` where it isn't UTF-8. */
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

/** JSON text with each whole number of sixteen digits or more in quotes. Text that is no JSON stays none. */
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
    // A fraction or an exponent makes it a measure, not an id; its own digits are skipped with it.
    const isWhole = !/[.eE+]/.test(json[at] ?? '');
    while (/[\d.eE+-]/.test(json[at] ?? '')) at++;
    if (!isWhole || digits < longDigits) continue;
    pieces.push(json.slice(taken, start), '"', json.slice(start, at), '"');
    taken = at;
  }
  return taken === 0 ? json : pieces.join('') + json.slice(taken);
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Behind the string that begins at `start`; the end of the text where it has none. */
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
