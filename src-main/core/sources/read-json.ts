import { CasementError, hasCode, type ErrorCode } from '../../contract/errors';
import { depthOf } from '../recording/parse/value-scan';

/** The maximum nesting of arrays and objects. No real reply is nearly as deep; a deeper one is an attack on the parser. */
const nestingLimit = 500;

const jsonType = /^application\/([\w.-]+\+)?json\s*(;|$)/i;
/** Matches any charset but UTF-8 and ASCII, which is a subset. */
const namesOtherCharset = /;\s*charset\s*=\s*"?(?!utf-?8\b|us-ascii\b)[\w.:-]/i;

/** Returns true for HTML: the reply of a login page or of another service. */
export function isWebPage(contentType: string | undefined): boolean {
  return /html/i.test(contentType ?? '');
}

/** Returns the error for a content type other than JSON; undefined for JSON. */
export function wrongJsonType(contentType: string | undefined): CasementError | undefined {
  if (isWebPage(contentType)) return new CasementError('remote-web-page');
  return jsonType.test(contentType ?? '') ? undefined : new CasementError('remote-not-json');
}

/**
 * Parses a complete body as JSON, after `rewrite` has changed its text. Throws `remote-nested`, `remote-charset` or `remote-not-json`,
 * never the parser's own error, which quotes the input.
 */
export function parseReply(
  bytes: Uint8Array,
  contentType = '',
  rewrite: (json: string) => string = (json) => json,
): unknown {
  const decode = replyDecoder();
  const text = decode(bytes) + decode();
  if (depthOf(bytes) > nestingLimit) throw new CasementError('remote-nested', { levels: nestingLimit });
  try {
    return JSON.parse(rewrite(text)) as unknown;
  } catch {
    throw new CasementError(namesOtherCharset.test(contentType) ? 'remote-charset' : 'remote-not-json');
  }
}

/** Returns a function that decodes UTF-8 chunk by chunk. Call it without a chunk at the end. Throws `remote-charset`. */
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

/** Returns true if the error means that a body is not valid JSON. */
export function isUnreadableBody(error: unknown): boolean {
  return hasCode(error, ...unreadableCodes);
}

const unreadableCodes: readonly ErrorCode[] = ['remote-not-json', 'remote-web-page', 'remote-charset', 'remote-nested'];
