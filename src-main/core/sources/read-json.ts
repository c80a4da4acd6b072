import { CasementError, hasCode, type ErrorCode } from '../../contract/errors';
import { depthOf } from '../recording/parse/value-scan';

/** Levels of arrays and objects. No platform's reply comes near it; what is deeper was made to exhaust its reader. */
const deepestReply = 500;

const jsonType = /^application\/([\w.-]+\+)?json\s*(;|$)/i;
/** ASCII is UTF-8, too. */
const namesOtherCharset = /;\s*charset\s*=\s*"?(?!utf-?8\b|us-ascii\b)[\w.:-]/i;

/** A server that wants somebody to log in, or another service altogether, answers with one. */
export function isWebPage(contentType: string | undefined): boolean {
  return /html/i.test(contentType ?? '');
}

/** What the type of a reply that isn't JSON means; undefined where it is. */
export function wrongJsonType(contentType: string | undefined): CasementError | undefined {
  if (isWebPage(contentType)) return new CasementError('remote-web-page');
  return jsonType.test(contentType ?? '') ? undefined : new CasementError('remote-not-json');
}

/**
 * A whole body as JSON; `rewrite` changes its text before it is parsed. Throws `remote-nested`, `remote-charset` and `remote-not-json`, never
 * the parser's own words: they quote what it read.
 */
export function parseReply(
  bytes: Uint8Array,
  contentType = '',
  rewrite: (json: string) => string = (json) => json,
): unknown {
  const decode = replyDecoder();
  const text = decode(bytes) + decode();
  if (depthOf(bytes) > deepestReply) throw new CasementError('remote-nested', { levels: deepestReply });
  try {
    return JSON.parse(rewrite(text)) as unknown;
  } catch {
    throw new CasementError(namesOtherCharset.test(contentType) ? 'remote-charset' : 'remote-not-json');
  }
}

/** Decodes what comes, piece by piece; called without a piece it says whether that was the end. Throws `remote-charset`. */
export function replyDecoder(): (bytes?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (bytes) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new CasementError('remote-charset');
    }
  };
}

/** Whether an error says that a body isn't the JSON that it should be. */
export function isUnreadableBody(error: unknown): boolean {
  return hasCode(error, ...unreadableCodes);
}

const unreadableCodes: readonly ErrorCode[] = ['remote-not-json', 'remote-web-page', 'remote-charset', 'remote-nested'];
