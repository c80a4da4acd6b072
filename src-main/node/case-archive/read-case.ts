import type { Entry } from 'yauzl';
import { CaseDigest, type CaseManifest, caseMediaType } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import type { CaseVerification } from '../../contract/session';
import { decodeManifest } from '../../core/casefile/manifest';
import { decodeJson } from '../../core/casefile/text';
import type { RunStore } from '../../core/recording/normalise';
import { fingerprintOf, sshLine } from '../signing/ed25519';
import { checkSignatures, dssePath, sshPath } from '../signing/sign-manifest';
import { openCaseZip } from './open-zip';
import type { CheckedZip } from './read-zip';
import { sha256 } from './write-case';

/** The entries that the manifest doesn't list: it can't hold its own hash, nor what signs it. */
const unlisted = ['mimetype', 'datapackage.json', 'datapackage-digest.json'];
const signatures = [dssePath, sshPath];

export interface CaseReading {
  /** Of an encrypted file. */
  passphrase?: string | undefined;
  /** Where an encrypted file lies while it is read, sealed. */
  runs?: RunStore | undefined;
}

/** A case file whose directory, manifest and signatures were checked. Nothing is unpacked to the disk. */
export interface OpenedCase {
  manifest: CaseManifest;
  /** `sha256:` and hex digits. */
  manifestHash: string;
  /** The bytes of an entry of the manifest, which are what it says. Errors: case-unreadable, case-changed. */
  read(path: string): Promise<Buffer>;
  /** Hashes every entry. A wrong hash is a verdict (`broken`), so that it can be shown which entry it is. Errors: those of the signal. */
  verify(options?: {
    signal?: AbortSignal;
    onProgress?: (done: number, total: number) => void;
  }): Promise<CaseVerification>;
  close(): void;
}

/**
 * Opens a case file, however large, by what lies at its end and its manifest.
 * Errors: case-unreadable, case-hostile, case-newer, passphrase-needed, passphrase-wrong, file-missing.
 */
export async function openCase(path: string, reading: CaseReading = {}): Promise<OpenedCase> {
  const { zip, isEncrypted } = await openCaseZip(path, reading);
  try {
    const manifestBytes = await readUnlisted(zip, 'datapackage.json');
    const manifest = decodeManifest(manifestBytes);
    const digest = decodeJson(
      CaseDigest,
      await readUnlisted(zip, 'datapackage-digest.json'),
      'datapackage-digest.json',
    );
    const mimetype = await readUnlisted(zip, 'mimetype');
    if (mimetype.toString() !== caseMediaType) {
      throw new CasementError('case-unreadable', { reason: 'its media type is another one' });
    }
    checkEntrySet(zip, manifest);
    const manifestHash = sha256(manifestBytes);
    const [dsse, ssh] = await Promise.all(signatures.map((name) => readIfThere(zip, name)));
    const signer = checkSignatures(manifestBytes, manifestHash, { dsse, ssh });
    const hashes = new Map(manifest.resources.map((resource) => [resource.path, resource]));

    const readMatching = async (entryPath: string): Promise<Buffer | undefined> => {
      const { bytes, hash } = hashes.get(entryPath) ?? {};
      const entry = findEntry(zip, entryPath);
      // An entry that can't even be inflated was changed as surely as one with another hash.
      const content = entry.uncompressedSize === bytes ? await zip.read(entry).catch(() => undefined) : undefined;
      return content !== undefined && sha256(content) === hash ? content : undefined;
    };

    return {
      manifest,
      manifestHash,
      async read(entryPath) {
        const content = await readMatching(entryPath);
        if (!content) throw new CasementError('case-changed', { path: entryPath });
        return content;
      },
      async verify({ signal, onProgress } = {}) {
        const entries = [
          {
            path: 'datapackage.json',
            bytes: manifestBytes.length,
            hash: manifestHash,
            isMatching: digest.hash === manifestHash,
          },
        ];
        for (const [done, { path: entryPath, bytes, hash }] of manifest.resources.entries()) {
          signal?.throwIfAborted();
          const isMatching = (await readMatching(entryPath)) !== undefined;
          entries.push({ path: entryPath, bytes, hash, isMatching });
          onProgress?.(done + 1, manifest.resources.length);
        }
        for (const [name, found] of [[dssePath, dsse] as const, [sshPath, ssh] as const]) {
          if (!found) continue;
          const about = { path: name, bytes: found.length, hash: sha256(found), isMatching: signer !== 'broken' };
          entries.push(about);
        }
        return {
          verdict: verdictOf(entries, signer),
          ...(typeof signer !== 'string' && {
            signer: { fingerprint: fingerprintOf(signer), publicKey: sshLine(signer) },
          }),
          ...(isEncrypted && { isEncrypted: true as const }),
          ...(manifest.parentCase !== undefined && { parentCase: manifest.parentCase }),
          title: manifest.title,
          createdAt: manifest.created,
          software: manifest.software,
          policy: manifest.redaction.policy,
          manifestHash,
          entries,
        };
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function verdictOf(
  entries: CaseVerification['entries'],
  signer: ReturnType<typeof checkSignatures>,
): CaseVerification['verdict'] {
  if (signer === 'broken' || entries.some((entry) => !entry.isMatching)) return 'broken';
  return signer === 'none' ? 'unsigned' : 'signed';
}

/** What of it doesn't hold, as an error. Errors: case-changed, case-signature. */
export function assertUnbroken({ verdict, entries }: CaseVerification): void {
  if (verdict !== 'broken') return;
  const broken = entries.find((entry) => !entry.isMatching && !signatures.includes(entry.path));
  if (broken) throw new CasementError('case-changed', { path: broken.path });
  throw new CasementError('case-signature');
}

/** What lies in the archive is exactly what the manifest lists: nothing missing, nothing smuggled in. */
function checkEntrySet(zip: CheckedZip, manifest: CaseManifest): void {
  const paths = manifest.resources.map((resource) => resource.path);
  const listed = new Set([...unlisted, ...paths]);
  if (listed.size !== unlisted.length + paths.length || paths.some((path) => signatures.includes(path))) {
    throw new CasementError('case-hostile', { reason: 'its manifest lists an entry twice' });
  }
  if ([...zip.entries.keys()].some((name) => !listed.has(name) && !signatures.includes(name))) {
    throw new CasementError('case-hostile', { reason: 'it holds an entry that its manifest doesn’t list' });
  }
  for (const path of paths) findEntry(zip, path);
}

function findEntry(zip: CheckedZip, path: string): Entry {
  const entry = zip.entries.get(path);
  if (!entry) throw new CasementError('case-unreadable', { reason: `${path} is missing` });
  return entry;
}

async function readIfThere(zip: CheckedZip, path: string): Promise<Buffer | undefined> {
  return zip.entries.has(path) ? readUnlisted(zip, path) : undefined;
}

async function readUnlisted(zip: CheckedZip, path: string): Promise<Buffer> {
  const entry = zip.entries.get(path);
  if (!entry) throw new CasementError('case-unreadable', { reason: `it has no ${path}` });
  if (entry.uncompressedSize > 64 * 2 ** 20)
    throw new CasementError('case-hostile', { reason: 'its manifest is too large' });
  return zip.read(entry);
}
