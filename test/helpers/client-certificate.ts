import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateFile } from '../../src-main/contract/gateway';

/** A client certificate in the formats that users have. A server that trusts `certPem` accepts it. */
export interface ClientIdentity {
  certPem: string;
  pem: CertificateFile;
  encryptedPem: CertificateFile;
  pkcs12: CertificateFile;
}

/** Creates a client certificate with OpenSSL, as an administrator does. */
export function makeClientIdentity(passphrase = 'Schlüssel 7'): ClientIdentity {
  const folder = mkdtempSync(join(tmpdir(), 'cas-certificate-'));
  try {
    return issue(folder, passphrase);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function issue(folder: string, passphrase: string): ClientIdentity {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { stdio: 'pipe', env: { ...process.env, PASSPHRASE: passphrase } });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('key.pem')];
  const purpose = ['-addext', 'extendedKeyUsage=clientAuth'];
  openssl('req', '-x509', ...key, '-out', at('cert.pem'), '-days', '10', '-subj', '/CN=Agent', ...purpose);
  openssl('pkcs8', '-topk8', '-in', at('key.pem'), '-out', at('locked.pem'), '-passout', 'env:PASSPHRASE');
  const pair = ['-in', at('cert.pem'), '-inkey', at('key.pem')];
  openssl('pkcs12', '-export', ...pair, '-out', at('both.p12'), '-passout', 'env:PASSPHRASE');
  const certPem = readFileSync(at('cert.pem'), 'utf8');
  const fileOf = (bytes: Buffer, secret: string): CertificateFile => ({
    base64: bytes.toString('base64'),
    passphrase: secret,
  });
  return {
    certPem,
    pem: fileOf(Buffer.from(certPem + readFileSync(at('key.pem'), 'utf8')), ''),
    encryptedPem: fileOf(Buffer.from(certPem + readFileSync(at('locked.pem'), 'utf8')), passphrase),
    pkcs12: fileOf(readFileSync(at('both.p12')), passphrase),
  };
}
