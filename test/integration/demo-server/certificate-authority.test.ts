import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDemoCa, issueLeaf, isUsableCa } from '../../../src-main/node/demo-server/demo-ca';
import { demoCa } from '../../helpers/demo-server';

const dayMs = 86_400_000;

describe('its CA', () => {
  test('signs server certificates only, for loopback names only', () => {
    const leaf = new X509Certificate(issueLeaf(demoCa).certPem);
    const authority = new X509Certificate(demoCa.certPem);
    expect(leaf.checkIssued(authority) && leaf.verify(authority.publicKey)).toBe(true);
    expect([authority.ca, leaf.ca]).toEqual([true, false]);
    expect(leaf.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(authority.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(leaf.serialNumber).not.toBe(new X509Certificate(issueLeaf(demoCa).certPem).serialNumber);
  });

  test('is usable as long as it outlives a new certificate', () => {
    const atMs = Date.UTC(2026, 10, 23);
    const { certPem } = createDemoCa(atMs);
    expect([0, 300, 334].map((days) => isUsableCa(certPem, atMs + days * dayMs))).toEqual([true, true, true]);
    expect([-2, 336, 400].map((days) => isUsableCa(certPem, atMs + days * dayMs))).toEqual([false, false, false]);
    expect(isUsableCa(issueLeaf(demoCa).certPem, Date.now())).toBe(false);
    expect(isUsableCa('damaged', atMs)).toBe(false);
  });

  test('encodes years from 2050 on as the standard requires', () => {
    const { certPem } = createDemoCa(Date.UTC(2055, 0, 1));
    expect(new X509Certificate(certPem).validFrom).toContain('2054');
  });

  test.runIf(spawnSync('openssl', ['version']).status === 0)('openssl accepts the chain in strict mode', () => {
    const dir = mkdtempSync(join(tmpdir(), 'casement-test-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const write = (name: string, text: string): string => {
      writeFileSync(join(dir, name), text);
      return join(dir, name);
    };
    const paths = [write('ca.pem', demoCa.certPem), write('leaf.pem', issueLeaf(demoCa).certPem)] as const;
    const [caPath, leafPath] = paths;
    const said = execFileSync('openssl', [
      'verify',
      '-x509_strict',
      '-purpose',
      'sslserver',
      '-CAfile',
      caPath,
      leafPath,
    ]);
    expect(said.toString()).toContain('OK');
  });
});
