import { CasementError, type ErrorCode } from '../../contract/errors';
import type { Caps } from '../../contract/settings';
import { capAdvice } from '../../contract/words/caps';
import { sizeText, type TransportLimits } from './limits';

/**
 * Where an exchange stood when it failed: `asking` until the head of the reply has come, `reading` after.
 */
export type Phase = 'asking' | 'reading';

interface Progress {
  phase: Phase;
  /** The connection was reset, whatever undici makes of it: in the middle of a body it calls that an early end. */
  isReset: boolean;
}

const certificateErrors: Readonly<Record<string, ErrorCode>> = {
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-wrong-host',
  HOSTNAME_MISMATCH: 'tls-wrong-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-untrusted',
  CERT_CHAIN_TOO_LONG: 'tls-untrusted',
  CERT_REVOKED: 'tls-untrusted',
  CERT_UNTRUSTED: 'tls-untrusted',
  CERT_REJECTED: 'tls-untrusted',
  CERT_SIGNATURE_FAILURE: 'tls-untrusted',
  INVALID_CA: 'tls-untrusted',
  INVALID_PURPOSE: 'tls-untrusted',
  PATH_LENGTH_EXCEEDED: 'tls-untrusted',
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'tls-untrusted',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'tls-untrusted',
  // Node's name for all verdicts of OpenSSL that it has none for, such as a name that the CA may not sign.
  UNSPECIFIED: 'tls-untrusted',
};

/** The server's best is older than TLS 1.2: seen by us, or told by it. */
const oldTls = new Set(['ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION']);

const nameless = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']);

const unreachable = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
]);

const gone = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** The other side ended the connection in good order, and too early. */
const ended = new Set(['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'Z_BUF_ERROR']);

/**
 * What went wrong, in Casement's codes. The original error is not kept as a cause: its fields hold the request
 * and its text may hold what the server wrote.
 */
export function toTransportError(
  thrown: unknown,
  { phase, isReset }: Progress,
  limits: TransportLimits,
): CasementError {
  if (thrown instanceof CasementError) return thrown;
  const code = codeOf(thrown);
  const certificateCode = certificateErrors[code];
  if (certificateCode !== undefined) return new CasementError(certificateCode);
  if (oldTls.has(code)) return new CasementError('tls-old');
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    return new CasementError('tls-failed');
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return timeoutError(limits.connectMs);
  if (nameless.has(code)) return new CasementError('remote-no-host');
  if (unreachable.has(code)) return new CasementError('remote-unreachable');
  if (gone.has(code)) return new CasementError('remote-gone');
  if (ended.has(code) || (isParserError(thrown) && isCutOff(thrown))) {
    return new CasementError(phase === 'reading' && !isReset ? 'remote-cut' : 'remote-gone');
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return tooLargeError('remote-head-large', limits.headerBytes, 'headerBytes');
  if (isParserError(thrown)) return new CasementError('remote-not-http');
  if (code.startsWith('Z_')) return new CasementError('remote-compression');
  return phase === 'reading' ? new CasementError('remote-gone') : new CasementError('bug');
}

/** `cap` is the setting that would have allowed more, where it is one. */
export function timeoutError(ms: number, cap?: keyof Caps): CasementError {
  return new CasementError('remote-timeout', { seconds: Math.ceil(ms / 1000), ...adviceOf(cap) });
}

/** As `timeoutError`. */
export function tooLargeError(code: TooLarge, limitBytes: number, cap?: keyof Caps): CasementError {
  return new CasementError(code, { limit: sizeText(limitBytes), ...adviceOf(cap) });
}

/** Of a body, of one as it unpacks, of a head. */
type TooLarge = 'remote-too-large' | 'remote-inflated' | 'remote-head-large';

const adviceOf = (cap: keyof Caps | undefined): { advice?: string } => (cap ? { advice: capAdvice(cap) } : {});

/** undici's name for bytes that break HTTP; its code is empty in some versions, and its `data` holds the bytes. */
const isParserError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && thrown.name === 'HTTPParserError';

/** The parser was still within a message when the connection ended. These are the parser's own words. */
const isCutOff = (error: Error): boolean => /Invalid EOF state/.test(error.message);

/** Several addresses of one name fail as an AggregateError: the first one tells. */
function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  const { code } = thrown as { code?: unknown };
  if (typeof code === 'string') return code;
  return thrown instanceof AggregateError ? codeOf(thrown.errors[0]) : '';
}
