import { createHash } from 'node:crypto';
import type { Entry } from 'yauzl';
import { CaseDigest, type CaseManifest, caseMediaType } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import type { CaseVerification } from '../../contract/session';
import { auditPath } from '../../core/casefile/audit';
import { decodeManifest, type CaseResource } from '../../core/casefile/manifest';
import { decodeJson } from '../../core/casefile/text';
import type { ScratchStore } from '../../core/recording/normalise/normalise';
import { fingerprintOf, sshLine } from '../signing/ed25519';
import { checkSignatures, dssePath, sshPath } from '../signing/sign-manifest';
import { auditFault } from '../../contract/words/cases';
import { checkAudit } from './check-audit';
import { openCaseZip } from './open-zip';
import type { CheckedZip } from './read-zip';
import { sha256 } from './write-case';

/** Entries that the manifest doesn't list: it can't contain its own hash or signatures. */
const unlisted = ['mimetype', 'datapackage.json', 'datapackage-digest.json'];
const signatures = [dssePath, sshPath];

export interface CaseReading {
  /** For an encrypted file. */
  passphrase?: string | undefined;
  /** Holds the decrypted contents of an encrypted file, encrypted again. */
  scratch?: ScratchStore | undefined;
}

interface Watched {
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A case file whose directory, manifest and signatures were checked. Nothing is extracted to the disk. */
export interface OpenedCase {
  manifest: CaseManifest;
  /** `sha256:` and hex digits. */
  manifestHash: string;
  /** The key that signed the manifest. With `broken`, `verify` returns `broken` too, whatever the entries contain. */
  signer: NonNullable<CaseVerification['signer']> | 'none' | 'broken';
  /** The digest file has this manifest's hash; otherwise `verify` returns `broken`. */
  isNamed: boolean;
  /** Returns an entry after checking its hash and size. Throws case-unreadable, case-changed. */
  read(path: string): Promise<Buffer>;
  /**
   * Hashes every entry. A wrong hash is a result (`broken`), so that the UI can name the entry. Throws the signal's
   * reason.
   */
  verify(options?: Watched): Promise<CaseVerification>;
  close(): void;
}

/**
 * Opens a case file of any size from its directory and manifest. Throws case-unreadable, case-hostile, case-newer,
 * passphrase-needed, passphrase-wrong, file-missing.
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
      throw new CasementError('case-unreadable', { reason: refusals.caseFile.wrongMediaType });
    }
    checkEntrySet(zip, manifest);
    const manifestHash = sha256(manifestBytes);
    const [dsse, ssh] = await Promise.all(signatures.map((name) => readIfThere(zip, name)));
    const key = checkSignatures(manifestBytes, manifestHash, { dsse, ssh });
    const signer = typeof key === 'string' ? key : { fingerprint: fingerprintOf(key), publicKey: sshLine(key) };
    const isNamed = digest.hash === manifestHash;
    const hashes = new Map(manifest.resources.map((resource) => [resource.path, resource]));

    const read = async (entryPath: string): Promise<Buffer> => {
      const { bytes, hash } = hashes.get(entryPath) ?? {};
      const entry = findEntry(zip, entryPath);
      const content = entry.uncompressedSize === bytes ? await zip.read(entry).catch(() => undefined) : undefined;
      if (!content || sha256(content) !== hash) throw new CasementError('case-changed', { path: entryPath });
      return content;
    };

    return {
      manifest,
      manifestHash,
      signer,
      isNamed,
      read,
      async verify(watched = {}) {
        const entries = [
          {
            path: 'datapackage.json',
            bytes: manifestBytes.length,
            hash: manifestHash,
            isMatching: isNamed,
          },
        ];
        entries.push(...(await matchAll(zip, manifest, watched)));
        const auditEntry = entries.find((entry) => entry.path === auditPath);
        const audit = auditEntry?.isMatching ? checkAudit(await read(auditPath)) : undefined;
        for (const [name, found] of [[dssePath, dsse] as const, [sshPath, ssh] as const]) {
          if (!found) continue;
          const about = { path: name, bytes: found.length, hash: sha256(found), isMatching: signer !== 'broken' };
          entries.push(about);
        }
        return {
          verdict: verdictOf(entries, signer, audit),
          ...(typeof signer !== 'string' && { signer }),
          ...(isEncrypted && { isEncrypted: true as const }),
          ...(audit && { audit }),
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

/** Inflating runs in other threads, so one entry is hashed while others are decompressed. */
const entriesAtOnce = 4;

/** Checks the hash and size of each resource of the manifest. */
async function matchAll(
  zip: CheckedZip,
  { resources }: CaseManifest,
  { signal, onProgress }: Watched,
): Promise<CaseVerification['entries']> {
  const matching: CaseVerification['entries'] = [];
  const rest = resources.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [index, resource] of rest) {
      signal?.throwIfAborted();
      const { path, bytes, hash } = resource;
      matching[index] = { path, bytes, hash, isMatching: await isMatching(zip, resource) };
      onProgress?.(++done, resources.length);
    }
  };
  await Promise.all(Array.from({ length: entriesAtOnce }, work));
  return matching;
}

async function isMatching(zip: CheckedZip, { path, bytes, hash }: CaseResource): Promise<boolean> {
  const entry = findEntry(zip, path);
  if (entry.uncompressedSize !== bytes) return false;
  const hashing = createHash('sha256');
  try {
    for await (const part of zip.parts(entry)) hashing.update(part);
  } catch {
    // An entry that can't be decompressed was changed, like one with another hash.
    return false;
  }
  return `sha256:${hashing.digest('hex')}` === hash;
}

function verdictOf(
  entries: CaseVerification['entries'],
  signer: OpenedCase['signer'],
  audit: CaseVerification['audit'],
): CaseVerification['verdict'] {
  if (signer === 'broken' || audit?.isProven === false || entries.some((entry) => !entry.isMatching)) return 'broken';
  return signer === 'none' ? 'unsigned' : 'signed';
}

/** Returns the error for a failed verification: case-changed, case-signature or case-audit. */
export function assertUnbroken({ verdict, entries, audit }: CaseVerification): void {
  if (verdict !== 'broken') return;
  const broken = entries.find((entry) => !entry.isMatching && !signatures.includes(entry.path));
  if (broken) throw new CasementError('case-changed', { path: broken.path });
  if (audit?.isProven === false && entries.every((entry) => entry.isMatching)) {
    throw new CasementError('case-audit', { reason: auditFault(audit) });
  }
  throw new CasementError('case-signature');
}

/** The archive must contain exactly the entries that the manifest lists. */
function checkEntrySet(zip: CheckedZip, manifest: CaseManifest): void {
  const paths = manifest.resources.map((resource) => resource.path);
  const listed = new Set([...unlisted, ...paths]);
  if (listed.size !== unlisted.length + paths.length || paths.some((path) => signatures.includes(path))) {
    throw new CasementError('case-hostile', { reason: refusals.archive.manifestDuplicate });
  }
  if ([...zip.entries.keys()].some((name) => !listed.has(name) && !signatures.includes(name))) {
    throw new CasementError('case-hostile', { reason: refusals.archive.unlistedEntry });
  }
  for (const path of paths) findEntry(zip, path);
}

function findEntry(zip: CheckedZip, path: string): Entry {
  const entry = zip.entries.get(path);
  if (!entry) throw new CasementError('case-unreadable', { reason: refusals.caseFile.missingEntry(path) });
  return entry;
}

async function readIfThere(zip: CheckedZip, path: string): Promise<Buffer | undefined> {
  return zip.entries.has(path) ? readUnlisted(zip, path) : undefined;
}

async function readUnlisted(zip: CheckedZip, path: string): Promise<Buffer> {
  const entry = zip.entries.get(path);
  if (!entry) throw new CasementError('case-unreadable', { reason: refusals.caseFile.missingEntry(path) });
  if (entry.uncompressedSize > 64 * 2 ** 20)
    throw new CasementError('case-hostile', { reason: refusals.archive.manifestTooLarge });
  return zip.read(entry);
}
