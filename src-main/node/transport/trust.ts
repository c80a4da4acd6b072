import { createHash, X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { CasementError } from '../../contract/errors';
import type { CertificateFile } from '../../contract/gateway';
import { clientOptions } from './client-certificate';

const certificateBlock = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const maxCertificates = 20;

/**
 * Returns only the certificates of a PEM text; a private key that was pasted along is dropped. Throws `connection-ca` if
 * there is no certificate or one can't be parsed.
 */
export function checkCaPem(text: string): string {
  const blocks = text.match(certificateBlock) ?? [];
  if (blocks.length === 0 || blocks.length > maxCertificates) throw new CasementError('connection-ca');
  return blocks.map(readCertificate).join('');
}

function readCertificate(pem: string): string {
  try {
    return new X509Certificate(pem).toString();
  } catch {
    throw new CasementError('connection-ca');
  }
}

/** TLS options for undici's connector. */
export interface TrustOptions {
  secureContext: tls.SecureContext;
  rejectUnauthorized: true;
}

/**
 * Returns a connection's TLS options. Its own CA replaces all others, so it can only narrow what is trusted. `certificate` is shown to
 * a server that asks for a client certificate. `rejectUnauthorized` is explicit because an environment variable can change its default. Throws `connection-ca`.
 */
export function trustOptions(caPem: string | undefined, certificate?: CertificateFile): TrustOptions {
  const ca = caPem === undefined ? systemCertificates() : checkCaPem(caPem);
  const secureContext = tls.createSecureContext({
    ...(ca === undefined ? {} : { ca }),
    ...(certificate && clientOptions(certificate)),
    minVersion: 'TLSv1.2',
  });
  return { secureContext, rejectUnauthorized: true };
}

/** Node 22.15 and later can read the operating system's CAs; older versions trust their bundled list. */
function systemCertificates(): string[] | undefined {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default' | 'system') => string[] };
  if (getCACertificates === undefined) return undefined;
  return [...getCACertificates('default'), ...getCACertificates('system')];
}

/** More than any key rotation needs. */
const maxPins = 10;

/**
 * Parses pins (SHA-256 of a key's SPKI) and returns them in base64. Accepts `sha256/…`, `sha256//…`, bare base64, and hex
 * with or without colons. Throws `connection-pin` if there are none, too many, or other text.
 */
export function checkPins(text: string): string[] {
  const pins = text
    .split(/[\s,;]+/)
    .filter((each) => each !== '')
    .map(readPin);
  if (pins.length === 0 || pins.length > maxPins) throw new CasementError('connection-pin');
  return [...new Set(pins)];
}

function readPin(text: string): string {
  const hex = text.replaceAll(':', '');
  if (/^[0-9a-f]{64}$/i.test(hex)) return Buffer.from(hex, 'hex').toString('base64');
  const base64 = text.replace(/^sha256\/{1,2}/i, '');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 32 || bytes.toString('base64') !== base64) throw new CasementError('connection-pin');
  return base64;
}

/** Returns true if the server's own certificate has one of these keys. CA certificates don't count: any server may send them. */
export function isPinned(socket: tls.TLSSocket, pins: readonly string[]): boolean {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return false;
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return pins.includes(createHash('sha256').update(spki).digest('base64'));
}
