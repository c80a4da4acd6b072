import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { openCase } from '../../src-main/node/case-archive/read-case';
import { generateSigningKey } from '../../src-main/node/signing/ed25519';

const deflate = promisify(deflateRaw);

/** Returns the benchmark's export options: the default policy and a new signing key. */
export function packOrder() {
  return { policy: findPolicy('private-by-default'), signingKey: generateSigningKey() };
}

export interface VerifySpeed {
  fileMB: number;
  /** Uncompressed size of its content: the bytes that are hashed. */
  megabytes: number;
  entries: number;
  verifyMs: number;
  /** SHA-256 of the same bytes, in memory. */
  hashMs: number;
  /** Deflate and SHA-256 of the same bytes, the minimum work of packing; one entry after another. */
  packMs: number;
  verdict: string;
}

/** Measures the verification of a case file, from opening it to the verdict, next to hashing and deflating its bytes. */
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
