import { createHash } from 'node:crypto';
import type { CaseVerification } from '../../contract/session';
import { AuditEvidence, auditPath, checkpointBytes, findUnproven, type Hash } from '../../core/casefile/audit';
import { decodeJson } from '../../core/casefile/text';
import { fingerprintOf, isSignedBy, readSshLine } from '../signing/ed25519';

export const sha256Bytes: Hash = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

/**
 * Verifies a case file's audit records: each must lead to the root of a checkpoint that is signed by the log's key. The
 * file cannot prove who owns the key. Throws case-unreadable.
 */
export function checkAudit(bytes: Uint8Array): NonNullable<CaseVerification['audit']> {
  const evidence = decodeJson(AuditEvidence, bytes, auditPath);
  const { checkpoint, records } = evidence;
  const key = readSshLine(checkpoint.publicKey);
  const isSigned =
    key !== undefined && isSignedBy(key, checkpointBytes(checkpoint), Buffer.from(checkpoint.signature, 'base64'));
  const unproven = findUnproven(sha256Bytes, evidence);
  return {
    records: records.length,
    size: checkpoint.size,
    root: checkpoint.root,
    at: checkpoint.at,
    ...(key && { fingerprint: fingerprintOf(key) }),
    ...(unproven !== undefined && { unproven }),
    isProven: isSigned && unproven === undefined,
  };
}
