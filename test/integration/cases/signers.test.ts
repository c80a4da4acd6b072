import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { judge, judgeWithOwn } from '../../../src-main/contract/shared/verdict';
import { signatureNamespace } from '../../../src-main/core/casefile/ssh-signature';
import { readAllowedSigners, signerFiles, writeAllowedSigners } from '../../../src-main/node/signing/allowed-signers';
import { generateSigningKey, openSigner, sshLine } from '../../../src-main/node/signing/ed25519';
import { signManifest } from '../../../src-main/node/signing/sign-manifest';
import { seal } from '../../../src-main/node/vault/sealed-file';
import { FileVault } from '../../../src-main/node/vault/file-vault';
import { moveSessions } from '../../../src-main/node/vault/ephemeral-vault';
import { Keys } from '../../../src-main/services/keys';
import { Signers } from '../../../src-main/services/signers';
import { SigningKey } from '../../../src-main/services/signing-key';
import { fakeKeychain, signersWorker } from '../../helpers/in-process';
import { makeTempFolder } from '../../helpers/temp-folder';

const newKey = (): string => sshLine(openSigner(generateSigningKey()).publicKey);
const signedBy = (publicKey: string) => ({ verdict: 'signed' as const, signer: { publicKey, fingerprint: '' } });

describe('known signers', () => {
  const vaultKey = randomBytes(32);
  let folder: string;
  let saved: { fileName: string; text: string }[];
  let chosen: string | undefined;

  async function open(keychain = fakeKeychain('ready')): Promise<Signers> {
    const keys = new Keys(keychain);
    return new Signers({
      worker: signersWorker(await FileVault.open(folder, vaultKey, false)),
      signingKey: new SigningKey(keys, generateSigningKey),
      ...signerFiles,
      askForText: () => Promise.resolve(chosen),
      saveText: (fileName, text) => {
        saved.push({ fileName, text });
        return Promise.resolve(fileName);
      },
      ownName: 'me',
      now: () => 1000,
    });
  }

  beforeEach(async () => {
    folder = await makeTempFolder();
    saved = [];
    chosen = undefined;
  });

  async function listPath(): Promise<string> {
    const [home = ''] = await readdir(folder);
    return join(folder, home, 'signers');
  }

  it('keep their names after a restart until they are removed, which can be undone', async () => {
    const [anna, ben] = [newKey(), newKey()];
    const signers = await open();
    await signers.name(ben, 'Ben');
    await signers.name(anna, 'Ana');
    await signers.name(anna, 'Anna');
    const reopened = await open();
    const { known } = await reopened.list();
    expect(known.map(({ name, since }) => [name, since])).toEqual([
      ['Anna', 1000],
      ['Ben', 1000],
    ]);
    expect(judge(signedBy(anna), known)).toEqual({ verdict: 'known', name: 'Anna' });
    const without = await reopened.forget(anna);
    expect(judge(signedBy(anna), without.known)).toEqual({ verdict: 'unknown' });
    expect((await reopened.restore(anna)).known).toEqual(known);
    await reopened.forget(anna);
    await expect((await open()).restore(anna)).rejects.toMatchObject({ code: 'signer-unknown' });
  });

  it('lose no concurrently added signer', async () => {
    const signers = await open();
    await Promise.all(Array.from({ length: 20 }, (_, n) => signers.name(newKey(), `Signer ${n}`)));
    expect((await signers.list()).known).toHaveLength(20);
  });

  it('are ignored when the list was changed, sealed with another key, or stored in plain text', async () => {
    const [anna, mallory] = [newKey(), newKey()];
    const signers = await open();
    await signers.name(anna, 'Anna');
    const path = await listPath();
    const original = await readFile(path);
    expect(original.includes('Anna')).toBe(false);
    const flipped = Buffer.from(original);
    flipped.writeUInt8(flipped.readUInt8(20) ^ 1, 20);
    const forged = Buffer.from(JSON.stringify([{ name: 'Anna', publicKey: mallory, since: 1 }]));
    const otherName = seal(vaultKey, 'cases/x', forged);
    for (const bytes of [flipped, seal(randomBytes(32), 'signers', forged), otherName, forged, Buffer.alloc(0)]) {
      await writeFile(path, bytes);
      expect(await signers.list()).toMatchObject({ known: [], isDamaged: true });
      await expect(signers.name(mallory, 'Mallory')).rejects.toMatchObject({ code: 'signers-damaged' });
      expect(await readFile(path)).toEqual(bytes);
    }
    // Control: sealed with the vault's key under its own name, the same list is accepted.
    await writeFile(path, seal(vaultKey, 'signers', forged));
    expect((await signers.list()).known).toMatchObject([{ name: 'Anna', publicKey: mallory }]);

    await writeFile(path, flipped);
    expect(await signers.startNewList()).toMatchObject({ known: [], isDamaged: false });
    expect(await readFile(`${path}.damaged`)).toEqual(flipped);
    expect((await signers.name(anna, 'Anna')).known).toHaveLength(1);
  });

  it('are kept when a new list is started by mistake', async () => {
    const signers = await open();
    await signers.name(newKey(), 'Anna');
    expect((await signers.startNewList()).known).toHaveLength(1);
  });

  it('move into the permanent vault, where the newer name wins', async () => {
    const [anna, ben] = [newKey(), newKey()];
    const from = await FileVault.open(await makeTempFolder(), randomBytes(32), true);
    const to = await FileVault.open(await makeTempFolder(), randomBytes(32), false);
    await to.signers.write([
      { name: 'A.', publicKey: anna, since: 1 },
      { name: 'Ben', publicKey: ben, since: 1 },
    ]);
    await from.signers.write([{ name: 'Anna', publicKey: anna, since: 2 }]);
    await moveSessions(from, to);
    expect((await to.signers.read()).map(({ name }) => name).sort()).toEqual(['Anna', 'Ben']);
  });

  it('include the user’s own key, which is created on request and never by a query', async () => {
    const keychain = fakeKeychain('ready');
    const signers = await open(keychain);
    expect((await signers.list()).own).toBeNull();
    await expect(signers.exportFile('own')).rejects.toMatchObject({ code: 'keychain-none' });
    const { own } = await signers.makeOwn();
    expect(own?.fingerprint).toMatch(/^SHA256:/);
    expect(judgeWithOwn(signedBy(own?.publicKey ?? ''), [], own?.publicKey)).toEqual({ verdict: 'own' });
    expect(judgeWithOwn(signedBy(newKey()), [], own?.publicKey)).toEqual({ verdict: 'unknown' });
    expect((await (await open(keychain)).list()).own).toEqual(own);
    await signers.exportFile('own');
    expect(readAllowedSigners(saved[0]?.text ?? '').signers).toEqual([{ name: 'me', publicKey: own?.publicKey }]);
    for (const state of ['locked', 'none', 'hanging'] as const) {
      expect((await (await open(fakeKeychain(state))).list()).own).toBeNull();
    }
    await expect((await open(fakeKeychain('none'))).makeOwn()).rejects.toMatchObject({ code: 'keychain-none' });
  });

  it('are imported from a file without changing the user’s names', async () => {
    const [anna, ben] = [newKey(), newKey()];
    const signers = await open();
    await signers.name(anna, 'Anna');
    expect(await signers.importFile()).toBeNull();
    chosen = `# team\n"Somebody else" ${anna}\nben@example.com ${ben} ben's key\nx ssh-rsa AAAA\nno key at all\n`;
    const imported = await signers.importFile();
    expect(imported).toMatchObject({ added: 1, passedOver: 2 });
    expect(imported?.signatures.known.map(({ name }) => name)).toEqual(['Anna', 'ben@example.com']);
    await signers.exportFile('known');
    expect(readAllowedSigners(saved[0]?.text ?? '').signers.map(({ name }) => name)).toEqual([
      'Anna',
      'ben@example.com',
    ]);
  });

  it('are limited to a thousand keys of the supported type', async () => {
    const signers = await open();
    chosen = Array.from({ length: 1001 }, (_, n) => {
      const key = randomBytes(32);
      return `signer-${n} ${sshLine(key)}`;
    }).join('\n');
    await expect(signers.importFile()).rejects.toMatchObject({ code: 'signer-many' });
    expect((await signers.list()).known).toEqual([]);
    const noKey = `ssh-ed25519 ${'A'.repeat(68)}`;
    await expect(signers.name(noKey, 'x')).rejects.toMatchObject({ code: 'signer-key' });
  });
});

describe('a file of allowed signers', () => {
  const key = newKey();

  it.each([
    ['a key for another purpose', `a namespaces="git" ${key}`],
    ['the key of a certificate authority', `a cert-authority ${key}`],
    ['a key with a validity period', `a valid-before="20200101" ${key}`],
    ['several options', `a namespaces="casement-case",valid-before="20200101" ${key}`],
    ['another kind of key', 'a ssh-rsa AAAAB3NzaC1yc2E'],
    ['a damaged key', `a ${key.slice(0, -4)}`],
    ['a comment', `# a ${key}`],
    ['an invisible name', `\u200b ${key}`],
  ])('adds no signer for %s', (_, text) => {
    expect(readAllowedSigners(text).signers).toEqual([]);
  });

  it.each([
    ['a plain line', `a ${key}`],
    ['a trailing comment', `a ${key} a@laptop`],
    ['quotes', `"a" ${key}`],
    ['the purpose of case files', `a namespaces="git,casement-case" ${key}`],
    ['tabs and a carriage return', `a\t${key}\r`],
  ])('knows %s', (_, text) => {
    expect(readAllowedSigners(text)).toEqual({ signers: [{ name: 'a', publicKey: key }], passedOver: 0 });
  });

  it('refuses names with bidirectional or invisible characters', () => {
    const [signer] = readAllowedSigners(`"An\u202ena\u0007" ${key}`).signers;
    expect(signer?.name).toBe('Anna');
  });

  it('round-trips without other keys or extra lines', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), (name) => {
        const { signers } = readAllowedSigners(writeAllowedSigners([{ name, publicKey: key }]));
        expect(signers.length).toBeLessThanOrEqual(1);
        for (const { publicKey } of signers) expect(publicKey).toBe(key);
        if (/^[a-z][a-z. @-]*[a-z]$/i.test(name)) expect(signers[0]?.name).toBe(name.replace(/\s+/g, ' '));
      }),
    );
  });

  it('is accepted by ssh-keygen for this purpose and name only', async () => {
    const folder = await makeTempFolder();
    const signer = openSigner(generateSigningKey());
    const at = (name: string): string => join(folder, name);
    const manifest = Buffer.from('{}');
    const ssh = signManifest(manifest, `sha256:${'0'.repeat(64)}`, signer).find(({ path }) => /sshsig$/.test(path));
    await writeFile(at('sig'), ssh?.bytes ?? '');
    await writeFile(
      at('signers'),
      writeAllowedSigners([
        { name: 'Ben*', publicKey: key },
        { name: 'Anna Smith', publicKey: sshLine(signer.publicKey) },
      ]),
    );
    const verify = (who: string, purpose = signatureNamespace): string =>
      execFileSync('ssh-keygen', ['-Y', 'verify', '-f', at('signers'), '-I', who, '-n', purpose, '-s', at('sig')], {
        input: manifest,
        stdio: 'pipe',
      }).toString();
    expect(verify('Anna Smith')).toContain('Good');
    expect(() => verify('Ben_')).toThrow();
    expect(() => verify('Anna Smith', 'git')).toThrow();
  });
});
