import { X509Certificate } from 'node:crypto';
import { issueCa, issueServer, type CertifiedKey } from './certificate';

const dayMs = 86_400_000;
const caDays = 365;
const leafDays = 30;
/** Backdates certificates, so that a new one stays valid if the clock is set back a little. */
const slackMs = dayMs;

/**
 * Creates the CA of the demo server. Only the demo's connection trusts it. It may sign only DNS names under `localhost`. IP addresses
 * are not constrained, because BoringSSL refuses every chain with a constraint on them.
 */
export function createDemoCa(nowMs = Date.now()): CertifiedKey {
  const validity = { notBeforeMs: nowMs - slackMs, notAfterMs: nowMs + caDays * dayMs };
  return issueCa('Casement demo CA', ['localhost'], validity);
}

/** Returns true if the CA is valid for longer than a certificate that it issues now. */
export function isUsableCa(certPem: string, nowMs: number): boolean {
  try {
    const certificate = new X509Certificate(certPem);
    const fromMs = Date.parse(certificate.validFrom);
    return certificate.ca && fromMs <= nowMs && nowMs + leafDays * dayMs < Date.parse(certificate.validTo);
  } catch {
    return false;
  }
}

/** Issues the server's certificate. Its key exists only in the memory of the calling process. */
export function issueLeaf(ca: CertifiedKey, nowMs = Date.now()): CertifiedKey {
  const validity = { notBeforeMs: nowMs - slackMs, notAfterMs: nowMs + leafDays * dayMs };
  return issueServer(ca, 'Casement demo server', ['localhost', '127.0.0.1', '::1'], validity);
}
