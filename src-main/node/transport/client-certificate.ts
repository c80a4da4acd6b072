import * as tls from 'node:tls';
import type { CertificateFile } from '../../contract/gateway';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';

const isPem = (bytes: Buffer): boolean => bytes.includes('-----BEGIN ');

/**
 * Checks that a file contains a certificate and its private key, and that the passphrase opens it. Throws
 * connection-certificate. The library's own error is dropped, because it may quote the file.
 */
export function checkClientCertificate(file: CertificateFile): CertificateFile {
  const bytes = Buffer.from(file.base64, 'base64');
  if (isPem(bytes) && !/-----BEGIN (?:\w+ )*PRIVATE KEY-----/.test(bytes.toString('latin1'))) {
    throw new CasementError('connection-certificate', { reason: refusals.certificate.noKey });
  }
  try {
    tls.createSecureContext(clientOptions(file));
  } catch {
    const reason = file.passphrase === '' ? refusals.certificate.unreadable : refusals.certificate.passphrase;
    throw new CasementError('connection-certificate', { reason });
  }
  return file;
}

/** Returns the TLS options that present the certificate to a server that asks for one. */
export function clientOptions({ base64, passphrase }: CertificateFile): tls.SecureContextOptions {
  const bytes = Buffer.from(base64, 'base64');
  const secret = passphrase === '' ? {} : { passphrase };
  return isPem(bytes) ? { cert: bytes, key: bytes, ...secret } : { pfx: bytes, ...secret };
}
