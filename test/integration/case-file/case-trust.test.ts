import { createHash, randomInt } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import canonicalize from 'canonicalize';
import { beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { judge } from '../../../src-main/contract/shared/verdict';
import { createMemoryStore } from '../../../src-main/core/recording/normalise/normalise';
import { assertUnbroken, openCase, type CaseReading } from '../../../src-main/node/case-archive/read-case';
import { writeCase, type CaseWriting } from '../../../src-main/node/case-archive/write-case';
import { generateSigningKey, openSigner, sshLine } from '../../../src-main/node/signing/ed25519';
import { dssePath, sshPath } from '../../../src-main/node/signing/sign-manifest';
import { openScratch } from '../../../src-main/node/vault/scratch-store';
import { caseHead, readCaseSessions, tinyCaseEntries } from '../../helpers/case-file';
import { tinyRecording } from '../../helpers/recordings';
import { makeTempFolder } from '../../helpers/temp-folder';

const signer = openSigner(generateSigningKey());
const me = { name: 'Ada', publicKey: sshLine(signer.publicKey) };

async function write(path: string, options: Partial<CaseWriting> = {}, head = caseHead): Promise<string> {
  await writeCase(path, head, await tinyCaseEntries(), { check: () => undefined, ...options });
  return path;
}

async function verify(path: string, reading?: CaseReading) {
  const opened = await openCase(path, reading);
  try {
    const verification = await opened.verify();
    assertUnbroken(verification);
    return { verification, sessions: await readCaseSessions(opened) };
  } finally {
    opened.close();
  }
}

/** Writes a copy of a case file with changed entries, using a generic ZIP writer. Returns its path. */
async function rewrite(path: string, change: (name: string, bytes: Buffer) => Buffer | undefined): Promise<string> {
  const opened = await openCase(path);
  const { openCheckedZip } = await import('../../../src-main/node/case-archive/read-zip');
  opened.close();
  const archive = await openCheckedZip(path);
  const zip = new ZipFile();
  for (const [name, entry] of archive.entries) {
    const bytes = change(name, await archive.read(entry));
    if (bytes) zip.addBuffer(bytes, name, { compress: name !== 'mimetype' });
  }
  archive.close();
  zip.end();
  const changed = `${path}.changed`;
  await pipeline(Readable.from(zip.outputStream), createWriteStream(changed));
  return changed;
}

describe('the verdict on a case file', () => {
  let folder: string;
  beforeEach(async () => void (folder = await makeTempFolder()));
  const at = (name: string): string => join(folder, name);

  it('names the signer if the reader knows them', async () => {
    const { verification } = await verify(await write(at('signed'), { signer }));
    expect(verification.signer?.publicKey).toBe(me.publicKey);
    expect(judge(verification, [me])).toEqual({ verdict: 'known', name: 'Ada' });
    expect(judge(verification, [])).toEqual({ verdict: 'unknown' });
    expect(judge((await verify(await write(at('plain')))).verification, [me])).toEqual({ verdict: 'unsigned' });
  });

  it('is broken after a change, even with a repaired manifest, because the signature no longer matches', async () => {
    const path = await write(at('signed'), { signer });
    const changed = await rewrite(path, (name, bytes) =>
      name === 'annotations.jsonl' ? Buffer.from('{"recording":"r1","id":"n","atMs":1,"text":"Other."}\n') : bytes,
    );
    await expect(verify(changed)).rejects.toMatchObject({
      code: 'case-changed',
      details: { path: 'annotations.jsonl' },
    });

    const note = Buffer.from('{"recording":"r1","id":"n","atMs":1,"text":"Other."}\n');
    const hash = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    let manifest = Buffer.alloc(0);
    const repaired = await rewrite(path, (name, bytes) => {
      if (name === 'annotations.jsonl') return note;
      if (name === 'datapackage.json') {
        const json = JSON.parse(bytes.toString()) as { resources: { path: string; hash: string; bytes: number }[] };
        for (const resource of json.resources) {
          if (resource.path === 'annotations.jsonl') Object.assign(resource, { hash: hash(note), bytes: note.length });
        }
        return (manifest = Buffer.from(canonicalize(json) ?? ''));
      }
      if (name === 'datapackage-digest.json') {
        return Buffer.from(JSON.stringify({ path: 'datapackage.json', hash: hash(manifest) }));
      }
      return bytes;
    });
    await expect(verify(repaired)).rejects.toMatchObject({ code: 'case-signature' });
    // Control: without its signatures, the same file is valid but unsigned.
    const unsigned = await rewrite(repaired, (name, bytes) => (name.startsWith('signatures/') ? undefined : bytes));
    expect((await verify(unsigned)).verification.verdict).toBe('unsigned');
  });

  it.each([dssePath, sshPath])('is broken when %s was removed', async (name) => {
    const path = await write(at('signed'), { signer });
    const half = await rewrite(path, (entry, bytes) => (entry === name ? undefined : bytes));
    await expect(verify(half)).rejects.toMatchObject({ code: 'case-signature' });
  });

  it('is a refusal or unchanged after any change of one byte', async () => {
    const path = await write(at('signed'), { signer });
    const original = await readFile(path);
    const expected = await verify(path);
    const seed = Number(process.env.CASEMENT_SEED ?? randomInt(1_000_000));
    console.log(`case-trust seed ${seed}`);
    let state = seed;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state % limit;
    };
    const rounds = Number(process.env.CASEMENT_BYTES ?? 2000);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const bytes = Buffer.from(original);
      const offset = next(bytes.length);
      bytes.writeUInt8(bytes.readUInt8(offset) ^ (1 + next(255)), offset);
      await writeFile(at('changed'), bytes);
      const outcome = await verify(at('changed')).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error) return String(error.code);
        throw error;
      });
      if (typeof outcome !== 'string') {
        // Bytes of a signature's armor or of the archive's dates have no effect: content and signer are the same.
        expect(outcome.sessions).toEqual(expected.sessions);
        expect(outcome.verification.signer).toEqual(expected.verification.signer);
        continue;
      }
      expect(outcome).toMatch(/^case-/);
      refused++;
    }
    expect(refused).toBeGreaterThan(rounds / 2);
  });

  it('continues the chain of custody of its source file', async () => {
    const parentCase = `sha256:${'a'.repeat(64)}`;
    await writeCase(at('child'), { ...caseHead, parentCase }, await tinyCaseEntries(), { check: () => undefined });
    expect((await verify(at('child'))).verification.parentCase).toBe(parentCase);
  });
});

describe('a case file with a passphrase', () => {
  let folder: string;
  beforeEach(async () => void (folder = await makeTempFolder()));
  const passphrase = 'correct horse';

  it('opens only with its passphrase, and shows nothing without it', async () => {
    const path = await write(join(folder, 'sealed'), { signer, passphrase });
    const bytes = await readFile(path);
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    for (const word of ['datapackage', 'Payment fails', 'PK\u0003\u0004']) expect(bytes.includes(word)).toBe(false);

    await expect(verify(path, { scratch: createMemoryStore() })).rejects.toMatchObject({ code: 'passphrase-needed' });
    await expect(verify(path, { scratch: createMemoryStore(), passphrase: 'Correct horse' })).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
    const scratch = await openScratch(join(folder, 'scratch'));
    const { verification, sessions } = await verify(path, { scratch, passphrase });
    expect(verification).toMatchObject({ verdict: 'signed', isEncrypted: true });
    expect(sessions[0]?.events).toEqual(tinyRecording());
    // The scratch data on the disk is encrypted.
    for (const name of await readdir(join(folder, 'scratch'))) {
      expect((await readFile(join(folder, 'scratch', name))).includes('datapackage')).toBe(false);
    }
    await scratch.clear();

    const cut = join(folder, 'cut');
    await writeFile(cut, bytes.subarray(0, bytes.length - 100));
    await expect(verify(cut, { scratch: createMemoryStore(), passphrase })).rejects.toMatchObject({
      code: 'case-unreadable',
    });
  });
});

describe('a case file of format 1', () => {
  it('still opens', async () => {
    const path = join(await makeTempFolder(), 'old.casement');
    const events = tinyRecording();
    const startedAt = 1_700_000_000_000;
    const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
    const chunk = 'recordings/r1/000000.json';
    const index = {
      title: 'Old',
      startedAt,
      format: 'array',
      chunks: [{ path: chunk, t0: 0, t1: 900, events: events.length, startsWithFullSnapshot: true }],
    };
    const entries: [string, Buffer][] = [
      [chunk, json(events)],
      ['recordings/r1/index.json', json(index)],
      ['annotations.jsonl', Buffer.from('{"recording":"r1","id":"n-1","atMs":400,"text":"Here."}\n')],
      ['custody.jsonl', Buffer.from('')],
    ];
    const hash = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    const manifest = Buffer.from(
      canonicalize({
        profile: 'casement-case',
        formatVersion: 1,
        minReader: 1,
        title: 'Old',
        created: caseHead.created,
        software: 'Casement 0.1.0',
        redaction: { policy: 'private-by-default', policyVersion: 1 },
        resources: entries.map(([name, bytes]) => ({
          name: name.replaceAll('/', '-'),
          path: name,
          hash: hash(bytes),
          bytes: bytes.length,
          mediatype: 'application/json',
        })),
      }) ?? '',
    );
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from('application/vnd.casement.case+zip'), 'mimetype', { compress: false });
    for (const [name, bytes] of entries) zip.addBuffer(bytes, name);
    zip.addBuffer(manifest, 'datapackage.json');
    zip.addBuffer(json({ path: 'datapackage.json', hash: hash(manifest) }), 'datapackage-digest.json');
    zip.end();
    await pipeline(Readable.from(zip.outputStream), createWriteStream(path));

    const { verification, sessions } = await verify(path);
    expect(verification.verdict).toBe('unsigned');
    expect(sessions).toMatchObject([{ title: 'Old', notes: [{ atMs: 400, text: 'Here.' }], facts: { startedAt } }]);
    expect(sessions[0]?.events).toEqual(events);
  });
});
