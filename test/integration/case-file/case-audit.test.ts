import { createHash, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  auditPath,
  checkpointBytes,
  findUnproven,
  leafHash,
  nodeHash,
  rootOf,
  toHex,
  type AuditEvidence,
} from '../../../src-main/core/casefile/audit';
import { buildCaseEntries } from '../../../src-main/core/casefile/entries';
import { sha256Bytes } from '../../../src-main/node/case-archive/check-audit';
import { assertUnbroken, openCase } from '../../../src-main/node/case-archive/read-case';
import { writeCase } from '../../../src-main/node/case-archive/write-case';
import { generateSigningKey, openSigner, sshLine } from '../../../src-main/node/signing/ed25519';
import { casement } from '../../helpers/command-line';
import { caseHead, tinySession } from '../../helpers/case-file';
import { makeTempFolder } from '../../helpers/temp-folder';

const signer = openSigner(generateSigningKey());

/** RFC 9162's tree and paths by their recursive definition; the reader computes them bottom-up. */
const split = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));
function treeRoot(lines: readonly string[]): Uint8Array {
  const [only = ''] = lines;
  if (lines.length === 0) return sha256Bytes(new Uint8Array());
  if (lines.length === 1) return leafHash(sha256Bytes, only);
  const half = split(lines.length);
  return nodeHash(sha256Bytes, treeRoot(lines.slice(0, half)), treeRoot(lines.slice(half)));
}
function pathOf(index: number, lines: readonly string[]): string[] {
  if (lines.length <= 1) return [];
  const half = split(lines.length);
  return index < half
    ? [...pathOf(index, lines.slice(0, half)), toHex(treeRoot(lines.slice(half)))]
    : [...pathOf(index - half, lines.slice(half)), toHex(treeRoot(lines.slice(0, half)))];
}

/** Returns a log's evidence for sessions. Each line of the log names a session. */
function prove(lines: readonly string[], sessionIds: readonly string[]): AuditEvidence {
  const facts = { size: lines.length, root: toHex(treeRoot(lines)), at: '2026-11-23T10:00:00.000Z' };
  const signature = Buffer.from(signer.sign(checkpointBytes(facts))).toString('base64');
  return {
    checkpoint: { ...facts, publicKey: sshLine(signer.publicKey), signature },
    records: lines.flatMap((line, index) =>
      sessionIds.some((id) => line.includes(id)) ? [{ index, line, path: pathOf(index, lines) }] : [],
    ),
  };
}

const lines = Array.from({ length: 11 }, (_, seq) =>
  JSON.stringify({ action: seq % 3 === 0 ? 'exported' : 'viewed', object: `s-${seq % 4}`, seq }),
);

const evidenceFor = (...sessionIds: string[]): AuditEvidence => prove(lines, sessionIds);

async function caseWith(evidence: AuditEvidence | undefined): Promise<string> {
  const path = join(await makeTempFolder(), 'audited.casement');
  await writeCase(path, caseHead, buildCaseEntries([await tinySession()], [], evidence), { check: () => undefined });
  return path;
}

async function verify(path: string) {
  const opened = await openCase(path);
  try {
    return await opened.verify();
  } finally {
    opened.close();
  }
}

describe('a path to a Merkle root', () => {
  it('proves each record in logs of up to 70 records, and only at its own index', () => {
    for (let size = 1; size <= 70; size++) {
      const all = Array.from({ length: size }, (_, index) => `line ${index} of ${size}`);
      const root = toHex(treeRoot(all));
      for (const [index, line] of all.entries()) {
        const record = { index, line, path: pathOf(index, all) };
        expect(rootOf(sha256Bytes, record, size)).toBe(root);
        const elsewhere = randomInt(size + 2);
        if (elsewhere !== index) expect(rootOf(sha256Bytes, { ...record, index: elsewhere }, size)).not.toBe(root);
        expect(rootOf(sha256Bytes, { ...record, line: `${line}.` }, size)).not.toBe(root);
        expect(rootOf(sha256Bytes, { ...record, path: [...record.path, root] }, size)).toBeUndefined();
        if (size > 1) expect(rootOf(sha256Bytes, { ...record, path: record.path.slice(1) }, size)).not.toBe(root);
      }
    }
  });

  it('matches RFC 9162 for zero, one and two records', () => {
    const hex = (...parts: (string | Buffer)[]): Buffer =>
      createHash('sha256')
        .update(Buffer.concat(parts.map((part) => Buffer.from(part as string))))
        .digest();
    const [a, b] = [hex('\0', 'a'), hex('\0', 'b')];
    expect(Buffer.from(treeRoot(['a']))).toEqual(a);
    expect(rootOf(sha256Bytes, { index: 0, line: 'a', path: [] }, 1)).toBe(toHex(a));
    expect(rootOf(sha256Bytes, { index: 1, line: 'b', path: [toHex(a)] }, 2)).toBe(toHex(hex('\x01', a, b)));
  });
});

describe('the audit records of a case file', () => {
  let evidence: AuditEvidence;
  beforeAll(async () => void (evidence = evidenceFor('s-1', 's-2')));

  it('are those of its sessions, and are reported as proven', async () => {
    const path = await caseWith(evidence);
    const verification = await verify(path);
    expect(verification).toMatchObject({ verdict: 'unsigned', audit: { records: 6, size: 11, isProven: true } });
    expect(() => assertUnbroken(verification)).not.toThrow();
    const { code, stdout } = await casement('verify', path);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^audit {2}6 records, verified against a log of 11 signed by SHA256:\S+ at 2026/m);
  });

  it('are absent without a log', async () => {
    const verification = await verify(await caseWith(undefined));
    expect(verification.audit).toBeUndefined();
    expect(verification.entries.map(({ path }) => path)).not.toContain(auditPath);
  });

  it.each<[string, (given: AuditEvidence) => AuditEvidence, RegExp]>([
    [
      'a changed line',
      (given) => ({
        ...given,
        records: given.records.map((each) => ({ ...each, line: each.line.replace('viewed', 'kept') })),
      }),
      /record 1 is not in the log/,
    ],
    [
      'the proof of another record',
      (given) => {
        const [one, two, ...others] = given.records;
        if (!one || !two) throw new Error('too few');
        return { ...given, records: [one, { ...two, path: one.path }, ...others] };
      },
      /record 2 is not in the log/,
    ],
    [
      'the root of another log',
      (given) => ({ ...given, checkpoint: { ...given.checkpoint, root: toHex(sha256Bytes(new Uint8Array(1))) } }),
      /is not in the log/,
    ],
    [
      'a checkpoint signed with another key',
      (given) => {
        const other = openSigner(generateSigningKey());
        const signature = Buffer.from(other.sign(checkpointBytes(given.checkpoint))).toString('base64');
        return { ...given, checkpoint: { ...given.checkpoint, signature } };
      },
      /checkpoint is not signed/,
    ],
    [
      'a checkpoint with another time',
      (given) => ({ ...given, checkpoint: { ...given.checkpoint, at: '2026-11-24T10:00:00.000Z' } }),
      /checkpoint is not signed/,
    ],
  ])('invalidate it with %s, and the reason is reported', async (_name, change, reason) => {
    expect(findUnproven(sha256Bytes, evidence)).toBeUndefined();
    const path = await caseWith(change(evidence));
    const verification = await verify(path);
    expect(verification).toMatchObject({ verdict: 'broken', audit: { isProven: false } });
    expect(verification.entries.every(({ isMatching }) => isMatching)).toBe(true);
    expect(() => assertUnbroken(verification)).toThrow(expect.objectContaining({ code: 'case-audit' }));
    const { code, stdout, stderr } = await casement('verify', path);
    expect(code).not.toBe(0);
    expect(stdout).toContain('BROKEN');
    expect(stderr).toMatch(reason);
  });
});
