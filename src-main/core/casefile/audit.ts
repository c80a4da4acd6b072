import canonicalize from 'canonicalize';
import * as v from 'valibot';
import { concatBytes } from '../bytes';
import { encodeText } from './text';

/** The entry of a case file with the records of an audit log about its sessions. */
export const auditPath = 'audit.json';

const Sha256 = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/));
const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** The statement that the owner of a log signed: the number of its records, and the root of their Merkle tree (RFC 9162). */
const Checkpoint = v.strictObject({
  size: v.pipe(Count, v.minValue(1)),
  root: Sha256,
  /** When it was signed, ISO 8601. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  /** As in `authorized_keys`: `ssh-ed25519 AAAA…`. */
  publicKey: v.pipe(v.string(), v.maxLength(200)),
  /** Ed25519 over `checkpointBytes`, base64. */
  signature: v.pipe(v.string(), v.maxLength(200)),
});

/** A line of the log, unchanged, and the hashes that lead from it to the root. */
const ProvenRecord = v.strictObject({
  /** Its position in the log, from 0. */
  index: Count,
  line: v.pipe(v.string(), v.maxLength(20_000)),
  /** RFC 9162's inclusion path, from the leaf upwards. */
  path: v.pipe(v.array(Sha256), v.maxLength(53)),
});

/** `audit.json`. */
export const AuditEvidence = v.strictObject({
  checkpoint: Checkpoint,
  records: v.pipe(v.array(ProvenRecord), v.maxLength(10_000)),
});
export type AuditEvidence = v.InferOutput<typeof AuditEvidence>;

/** SHA-256. Passed in, since the core has no crypto. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** Returns the bytes that a checkpoint's signature covers: a line that names their purpose, and the facts in canonical JSON. */
export function checkpointBytes({
  size,
  root,
  at,
}: Pick<AuditEvidence['checkpoint'], 'size' | 'root' | 'at'>): Uint8Array {
  return encodeText(`casement-audit-checkpoint\n${canonicalize({ at, root, size }) ?? ''}`);
}

/** The first byte keeps leaves and nodes of the tree apart, so that one can't be passed off as the other. */
export const leafHash = (hash: Hash, line: string): Uint8Array =>
  hash(concatBytes([Uint8Array.of(0), encodeText(line)]));
export const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array =>
  hash(concatBytes([Uint8Array.of(1), left, right]));

/** Returns the root that a record leads to, or undefined if the path does not fit a log of that size (RFC 9162, 2.1.3.2). */
export function rootOf(
  hash: Hash,
  { index, line, path }: AuditEvidence['records'][number],
  size: number,
): string | undefined {
  if (index >= size) return undefined;
  let node = leafHash(hash, line);
  let [at, last] = [index, size - 1];
  for (const step of path) {
    if (last === 0) return undefined;
    const sibling = fromHex(step);
    if (at % 2 === 1 || at === last) {
      node = nodeHash(hash, sibling, node);
      // A node without a right neighbour moves up unchanged.
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      node = nodeHash(hash, node, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? toHex(node) : undefined;
}

/** Returns the index of the first record that is not in the log of its checkpoint, or undefined if all are. */
export function findUnproven(hash: Hash, { checkpoint, records }: AuditEvidence): number | undefined {
  return records.find((record) => rootOf(hash, record, checkpoint.size) !== checkpoint.root)?.index;
}

export function toHex(bytes: Uint8Array): string {
  return `sha256:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.slice('sha256:'.length).match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
