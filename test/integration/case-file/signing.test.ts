import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { preAuthEncoding } from '../../../src-main/core/casefile/dsse';
import { signatureNamespace } from '../../../src-main/core/casefile/ssh-signature';
import {
  fingerprintOf,
  generateSigningKey,
  isSignedBy,
  openSigner,
  pemOf,
  readSshLine,
  sshLine,
} from '../../../src-main/node/signing/ed25519';
import { checkSignatures, dssePath, signManifest, sshPath } from '../../../src-main/node/signing/sign-manifest';
import { makeTempFolder } from '../../helpers/temp-folder';

const manifest = Buffer.from('{"profile":"casement-case"}');
const hash = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;

function signatures(signer = openSigner(generateSigningKey())) {
  const entries = new Map(signManifest(manifest, hash, signer).map(({ path, bytes }) => [path, Buffer.from(bytes)]));
  return { signer, dsse: entries.get(dssePath), ssh: entries.get(sshPath) };
}

describe('the signature of a case file', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeEach(async () => void (folder = await makeTempFolder()));

  it('is accepted by ssh-keygen, and refused for another manifest', () => {
    const { signer, ssh } = signatures();
    writeFileSync(at('manifest.sshsig'), ssh ?? '');
    writeFileSync(at('signers'), `me@example.com ${sshLine(signer.publicKey)}\n`);
    const verify = (input: Buffer) => {
      const args = ['-Y', 'verify', '-f', at('signers'), '-I', 'me@example.com', '-n', signatureNamespace];
      return spawnSync('ssh-keygen', [...args, '-s', at('manifest.sshsig')], { input });
    };
    expect(verify(manifest).stdout.toString()).toContain('Good "casement-case" signature');
    expect(verify(manifest).status).toBe(0);
    expect(verify(Buffer.from('{"profile":"other"}')).status).not.toBe(0);
  });

  it('is accepted by openssl, and refused for another payload', () => {
    const { signer, dsse } = signatures();
    const envelope = JSON.parse(String(dsse)) as { payload: string; signatures: { sig: string }[] };
    const payload = Buffer.from(envelope.payload, 'base64');
    writeFileSync(at('key.pem'), pemOf(signer.publicKey));
    writeFileSync(at('sig'), Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64'));
    const verify = (bytes: Uint8Array): number | null => {
      writeFileSync(at('signed'), bytes);
      const args = ['pkeyutl', '-verify', '-pubin', '-inkey', at('key.pem'), '-rawin', '-in', at('signed')];
      return spawnSync('openssl', [...args, '-sigfile', at('sig')]).status;
    };
    expect(verify(preAuthEncoding(payload))).toBe(0);
    expect(verify(preAuthEncoding(Buffer.concat([payload, Buffer.from(' ')])))).not.toBe(0);
    expect(JSON.parse(payload.toString())).toMatchObject({ subject: [{ digest: { sha256: hash.slice(7) } }] });
  });

  it('contains the same fingerprint that ssh-keygen prints', () => {
    const { signer } = signatures();
    writeFileSync(at('key.pub'), `${sshLine(signer.publicKey)} someone\n`);
    const shown = execFileSync('ssh-keygen', ['-l', '-f', at('key.pub')]).toString();
    expect(shown).toContain(fingerprintOf(signer.publicKey));
    expect(readSshLine(readFileSync(at('key.pub'), 'utf8'))).toEqual(signer.publicKey);
  });

  it('works with keys from ssh-keygen and openssl', () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', at('ssh-key')]);
    execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', at('openssl-key')]);
    chmodSync(at('ssh-key'), 0o600);
    for (const name of ['ssh-key', 'openssl-key']) {
      const signer = openSigner(readFileSync(at(name), 'utf8'));
      const made = signatures(signer);
      expect(checkSignatures(manifest, hash, made)).toEqual(signer.publicKey);
    }
    expect(readSshLine(readFileSync(at('ssh-key.pub'), 'utf8'))).toEqual(
      openSigner(readFileSync(at('ssh-key'), 'utf8')).publicKey,
    );
  });

  it.each([
    ['nothing', ''],
    ['text', 'hunter2'],
    ['an RSA key', () => execFileSync('openssl', ['genpkey', '-algorithm', 'rsa', '-quiet']).toString()],
    ['a damaged OpenSSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----'],
    [
      'a key with a passphrase',
      () => {
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', at('locked')]);
        return readFileSync(at('locked'), 'utf8');
      },
    ],
  ])('refuses %s as a key, without quoting it', (_, text) => {
    const made = typeof text === 'string' ? text : text();
    expect(() => openSigner(made)).toThrow(expect.objectContaining({ code: 'sign-key' }));
  });

  it('reports the signer, a missing signature, or an invalid one', () => {
    const { signer, dsse, ssh } = signatures();
    const other = signatures();
    expect(checkSignatures(manifest, hash, { dsse, ssh })).toEqual(signer.publicKey);
    expect(checkSignatures(manifest, hash, { dsse: undefined, ssh: undefined })).toBe('none');
    for (const found of [
      { dsse, ssh: undefined },
      { dsse: undefined, ssh },
      { dsse, ssh: other.ssh },
      { dsse: Buffer.from('{}'), ssh },
      { dsse: Buffer.from('x'), ssh },
    ]) {
      expect(checkSignatures(manifest, hash, found)).toBe('broken');
    }
    expect(checkSignatures(Buffer.from('{}'), hash, { dsse, ssh })).toBe('broken');
    expect(
      checkSignatures(
        manifest,
        hash.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
        { dsse, ssh },
      ),
    ).toBe('broken');
  });

  it('is invalid after any effective change', () => {
    const { signer, dsse, ssh } = signatures();
    for (const which of ['dsse', 'ssh'] as const) {
      const original = { dsse, ssh }[which] ?? Buffer.alloc(0);
      for (let at = 0; at < original.length; at++) {
        const changed = Buffer.from(original);
        changed.writeUInt8(original.readUInt8(at) ^ (1 + ((randomBytes(1)[0] ?? 0) % 255)), at);
        const verdict = checkSignatures(manifest, hash, { dsse, ssh, [which]: changed });
        // White space in the armor and the key's name have no effect: the signer is the same.
        if (verdict !== 'broken') expect(verdict).toEqual(signer.publicKey);
      }
    }
    expect(isSignedBy(signer.publicKey, manifest, randomBytes(64))).toBe(false);
  });
});
