import { CasementError, type ErrorCode } from '../../contract/errors';
import type { Caps } from '../../contract/settings';
import { capAdvice } from '../../contract/words/caps';
import { sizeText, type TransportLimits } from './limits';

/** The phase in which an exchange failed: `waiting` until the head of the reply has arrived, then `reading`. */
export type Phase = 'waiting' | 'reading';

interface Progress {
  phase: Phase;
  /** The connection was reset. undici reports a reset within a body as an early end. */
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
  // Node's code for OpenSSL errors without a code of their own, such as a name that the CA may not sign.
  UNSPECIFIED: 'tls-untrusted',
};

/** The server supports nothing newer than TLS 1.1, as detected by us or reported by the server. */
const oldTls = new Set(['ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION']);

/** The server's alert 116. OpenSSL and BoringSSL name it differently. */
const asksForCertificate = /ALERT_CERTIFICATE_REQUIRED$/;

/** The server's alerts 42 to 46 and 48, which are about the client's certificate. Newer versions prefix them with TLSV13. */
const refusesCertificate =
  /(SSLV3|TLSV1|TLSV13)_ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED)$/;

const unresolved = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']);

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

/** The server closed the connection properly, but too early. */
const ended = new Set(['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'Z_BUF_ERROR']);

/**
 * Returns the Casement error for an error of undici, Node or OpenSSL. The original is not kept as the cause, because its
 * fields contain the request and its text may quote the server.
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
  if (asksForCertificate.test(code)) return new CasementError('tls-certificate-missing');
  if (refusesCertificate.test(code)) return new CasementError('tls-certificate-refused');
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    return new CasementError('tls-failed');
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return timeoutError(limits.connectMs);
  if (unresolved.has(code)) return new CasementError('remote-no-host');
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

/** `cap` is the setting that raises this limit, if there is one. */
export function timeoutError(ms: number, cap?: keyof Caps): CasementError {
  return new CasementError('remote-timeout', { seconds: Math.ceil(ms / 1000), ...adviceOf(cap) });
}

/** `cap` as for `timeoutError`. */
export function tooLargeError(code: TooLarge, limitBytes: number, cap?: keyof Caps): CasementError {
  return new CasementError(code, { limit: sizeText(limitBytes), ...adviceOf(cap) });
}

/** A body, a decompressed body, a head. */
type TooLarge = 'remote-too-large' | 'remote-inflated' | 'remote-head-large';

const adviceOf = (cap: keyof Caps | undefined): { advice?: string } => (cap ? { advice: capAdvice(cap) } : {});

/** undici's error for invalid HTTP. Its code is empty in some versions, and its `data` contains the bytes. */
const isParserError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && thrown.name === 'HTTPParserError';

/** The connection ended within a message. The text is the parser's. */
const isCutOff = (error: Error): boolean => /Invalid EOF state/.test(error.message);

/** If several addresses of a host fail, Node throws an AggregateError; the first error is used. */
function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  const { code } = thrown as { code?: unknown };
  if (typeof code === 'string') return code;
  return thrown instanceof AggregateError ? codeOf(thrown.errors[0]) : '';
}
