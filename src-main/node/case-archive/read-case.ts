import type { Entry } from 'yauzl';
import { CaseDigest, type CaseManifest, caseMediaType } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import type { CaseVerification } from '../../contract/session';
import { decodeManifest } from '../../core/casefile/manifest';
import { decodeJson } from '../../core/casefile/text';
import { openCheckedZip, type CheckedZip } from './read-zip';
import { sha256 } from './write-case';

/** The entries that the manifest doesn't list: it can't hold its own hash. */
const unlisted = ['mimetype', 'datapackage.json', 'datapackage-digest.json'];

/** A case file whose every byte was hashed and compared. Nothing is unpacked to the disk. */
export interface OpenedCase {
  manifest: CaseManifest;
  verification: CaseVerification;
  /** The bytes of an entry of the manifest. Errors: case-unreadable. */
  read(path: string): Promise<Buffer>;
  close(): void;
}

/**
 * Opens a case file and checks all of it. A wrong hash is a verdict (`broken`), not an error, so that it can be shown which entry it is.
 * Errors: case-unreadable, case-hostile, case-newer, file-missing.
 */
export async function readCase(path: string): Promise<OpenedCase> {
  const zip = await openCheckedZip(path);
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
    const entries = [
      {
        path: 'datapackage.json',
        bytes: manifestBytes.length,
        hash: manifestHash,
        isMatching: digest.hash === manifestHash,
      },
      ...(await hashEntries(zip, manifest)),
    ];
    return {
      manifest,
      verification: {
        verdict: entries.every((entry) => entry.isMatching) ? 'unsigned' : 'broken',
        title: manifest.title,
        createdAt: manifest.created,
        software: manifest.software,
        policy: manifest.redaction.policy,
        manifestHash,
        entries,
      },
      read: (entryPath) => zip.read(findEntry(zip, entryPath)),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** The first entry that doesn't match, as an error. Errors: case-changed. */
export function assertUnbroken(verification: CaseVerification): void {
  const broken = verification.entries.find((entry) => !entry.isMatching);
  if (broken) throw new CasementError('case-changed', { path: broken.path });
}

async function hashEntries(zip: CheckedZip, manifest: CaseManifest): Promise<CaseVerification['entries']> {
  const entries: CaseVerification['entries'] = [];
  for (const { path, bytes, hash } of manifest.resources) {
    const entry = findEntry(zip, path);
    // An entry that can't even be inflated was changed as surely as one with another hash.
    const content = entry.uncompressedSize === bytes ? await zip.read(entry).catch(() => undefined) : undefined;
    entries.push({ path, bytes, hash, isMatching: content !== undefined && sha256(content) === hash });
  }
  return entries;
}

/** What lies in the archive is exactly what the manifest lists: nothing missing, nothing smuggled in. */
function checkEntrySet(zip: CheckedZip, manifest: CaseManifest): void {
  const listed = new Set([...unlisted, ...manifest.resources.map((resource) => resource.path)]);
  if (listed.size !== unlisted.length + manifest.resources.length) {
    throw new CasementError('case-hostile', { reason: 'its manifest lists an entry twice' });
  }
  if (zip.entries.size > listed.size || [...zip.entries.keys()].some((name) => !listed.has(name))) {
    throw new CasementError('case-hostile', { reason: 'it holds an entry that its manifest doesn’t list' });
  }
}

function findEntry(zip: CheckedZip, path: string): Entry {
  const entry = zip.entries.get(path);
  if (!entry) throw new CasementError('case-unreadable', { reason: `${path} is missing` });
  return entry;
}

async function readUnlisted(zip: CheckedZip, path: string): Promise<Buffer> {
  const entry = zip.entries.get(path);
  if (!entry) throw new CasementError('case-unreadable', { reason: `it has no ${path}` });
  if (entry.uncompressedSize > 64 * 2 ** 20)
    throw new CasementError('case-hostile', { reason: 'its manifest is too large' });
  return zip.read(entry);
}
