import { X509Certificate } from 'node:crypto';
import { issueCa, issueServer, type CertifiedKey } from './certificate';

const dayMs = 86_400_000;
const caDays = 365;
const leafDays = 30;
/** A clock that was set back a little must not make a new certificate look like one of the future. */
const slackMs = dayMs;

/**
 * The CA of the demo server. Only the demo's connection trusts it, no one else is asked to. It can sign DNS names
 * under `localhost` only; addresses are left out of that limit because BoringSSL refuses every chain that has one on them.
 */
export function createDemoCa(nowMs = Date.now()): CertifiedKey {
  const validity = { notBeforeMs: nowMs - slackMs, notAfterMs: nowMs + caDays * dayMs };
  return issueCa('Casement demo CA', ['localhost'], validity);
}

/** True while a leaf can be issued that the CA outlives. */
export function isUsableCa(certPem: string, nowMs: number): boolean {
  try {
    const certificate = new X509Certificate(certPem);
    const fromMs = Date.parse(certificate.validFrom);
    return certificate.ca && fromMs <= nowMs && nowMs + leafDays * dayMs < Date.parse(certificate.validTo);
  } catch {
    return false;
  }
}

/** The server's certificate; its key stays in the memory of the process that asked. */
export function issueLeaf(ca: CertifiedKey, nowMs = Date.now()): CertifiedKey {
  const validity = { notBeforeMs: nowMs - slackMs, notAfterMs: nowMs + leafDays * dayMs };
  return issueServer(ca, 'Casement demo server', ['localhost', '127.0.0.1', '::1'], validity);
}
