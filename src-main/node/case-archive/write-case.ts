import { createHash } from 'node:crypto';
import { ZipFile } from 'yazl';
import { caseMediaType } from '../../contract/case-format';
import type { CaseEntry } from '../../core/casefile/entries';
import { encodeManifest, resourceName, type CaseHead, type CaseResource } from '../../core/casefile/manifest';
import { encodeText } from '../../core/casefile/text';
import { writeFileAtomically } from '../files/atomic-write';

/** ZIP's own clock starts here; a real time would tell when the exporter's machine worked and make two equal cases differ. */
const zipEpoch = new Date(Date.UTC(1980, 0, 1));

export function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/**
 * Writes a case file: `mimetype` first and stored, the entries as they come, then the manifest over all of them and its digest.
 * `check` sees every finished entry before it is written; what it throws ends the whole, and the old file stays.
 * Returns the manifest's hash. Errors: what `check` throws, disk-*.
 */
export async function writeCase(
  path: string,
  head: CaseHead,
  entries: Iterable<CaseEntry>,
  check: (entry: CaseEntry) => void,
): Promise<string> {
  const resources: CaseResource[] = [];
  const zip = new ZipFile();
  const add = (entry: CaseEntry, compress = true): void => {
    check(entry);
    zip.addBuffer(Buffer.from(entry.bytes), entry.path, { mtime: zipEpoch, mode: 0o100644, compress });
  };

  add({ path: 'mimetype', mediatype: 'text/plain', bytes: encodeText(caseMediaType) }, false);
  for (const entry of entries) {
    add(entry);
    resources.push({
      name: resourceName(entry.path),
      path: entry.path,
      hash: sha256(entry.bytes),
      bytes: entry.bytes.length,
      mediatype: entry.mediatype,
    });
  }
  const manifest = encodeManifest(head, resources);
  const manifestHash = sha256(manifest);
  add({ path: 'datapackage.json', mediatype: 'application/json', bytes: manifest });
  const digest = encodeText(JSON.stringify({ path: 'datapackage.json', hash: manifestHash }));
  add({ path: 'datapackage-digest.json', mediatype: 'application/json', bytes: digest });
  zip.end();

  await writeFileAtomically(path, async (file) => {
    for await (const part of zip.outputStream) await file.writeFile(part);
  });
  return manifestHash;
}
