import { createHash, X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { CasementError } from '../../contract/errors';

const certificateBlock = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const mostCertificates = 20;

/**
 * The certificates of a PEM text and nothing else of it; a private key that was pasted along is left out, not kept.
 * Throws `connection-ca` when there is none or one of them can't be read.
 */
export function checkCaPem(text: string): string {
  const blocks = text.match(certificateBlock) ?? [];
  if (blocks.length === 0 || blocks.length > mostCertificates) throw new CasementError('connection-ca');
  return blocks.map(readCertificate).join('');
}

function readCertificate(pem: string): string {
  try {
    return new X509Certificate(pem).toString();
  } catch {
    throw new CasementError('connection-ca');
  }
}

/** What undici's connector needs of TLS. */
export interface TrustOptions {
  secureContext: tls.SecureContext;
  rejectUnauthorized: true;
}

/**
 * How a connection's TLS is set up. An own CA replaces all others, so that it only ever narrows what is trusted.
 * `rejectUnauthorized` is said aloud because an environment variable could switch its default off.
 * Throws `connection-ca`.
 */
export function trustOptions(caPem: string | undefined): TrustOptions {
  const ca = caPem === undefined ? systemCertificates() : checkCaPem(caPem);
  const secureContext = tls.createSecureContext({ ...(ca === undefined ? {} : { ca }), minVersion: 'TLSv1.2' });
  return { secureContext, rejectUnauthorized: true };
}

/** From Node 22.15 on the computer's own list can be asked for; older ones trust the list that they were built with. */
function systemCertificates(): string[] | undefined {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default' | 'system') => string[] };
  if (getCACertificates === undefined) return undefined;
  return [...getCACertificates('default'), ...getCACertificates('system')];
}

/** More keys than any rotation needs. */
const mostPins = 10;

/**
 * The pins of a text, in base64: SHA-256 of a key's SPKI, as `sha256/…` (also with two slashes), bare, or in hex with or without colons.
 * Throws `connection-pin` where it holds none, too many, or something else.
 */
export function checkPins(text: string): string[] {
  const pins = text
    .split(/[\s,;]+/)
    .filter((each) => each !== '')
    .map(readPin);
  if (pins.length === 0 || pins.length > mostPins) throw new CasementError('connection-pin');
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

/** Whether the server's own certificate has one of these keys; those of its CAs don't count, since anybody may send them along. */
export function isPinned(socket: tls.TLSSocket, pins: readonly string[]): boolean {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return false;
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return pins.includes(createHash('sha256').update(spki).digest('base64'));
}
