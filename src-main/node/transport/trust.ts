import { X509Certificate } from 'node:crypto';
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
