import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { openCase } from '../../src-main/node/case-archive/read-case';
import { generateSigningKey } from '../../src-main/node/signing/ed25519';

const deflate = promisify(deflateRaw);

/** With what the benchmark packs: the policy that holds unless another is chosen, and a key of its own. */
export function packOrder() {
  return { policy: findPolicy('private-by-default'), signingKey: generateSigningKey() };
}

export interface VerifySpeed {
  fileMB: number;
  /** Of what lies in it, unpacked: the bytes that are hashed. */
  megabytes: number;
  entries: number;
  verifyMs: number;
  /** SHA-256 of the same bytes, which are in memory already. */
  hashMs: number;
  /** Deflating them and SHA-256, which no packing can do without; one entry after the other. */
  packMs: number;
  verdict: string;
}

/** How long the verification of a case file takes, from opening it to the verdict, beside what its bytes cost by themselves. */
export async function measureVerify(file: string): Promise<VerifySpeed> {
  const started = performance.now();
  const opened = await openCase(file);
  try {
    const { verdict, entries } = await opened.verify();
    const verifyMs = performance.now() - started;
    let hashMs = 0;
    let packMs = 0;
    for (const { path } of opened.manifest.resources) {
      const bytes = await opened.read(path);
      const before = performance.now();
      createHash('sha256').update(bytes).digest();
      const hashed = performance.now();
      hashMs += hashed - before;
      await deflate(bytes);
      packMs += performance.now() - before;
    }
    const megabytes = entries.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    return {
      fileMB: statSync(file).size / 1e6,
      megabytes,
      entries: entries.length,
      verifyMs,
      hashMs,
      packMs,
      verdict,
    };
  } finally {
    opened.close();
  }
}
