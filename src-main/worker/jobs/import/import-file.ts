import { basename } from 'node:path';
import { hasCode } from '../../../contract/errors';
import type { StoredSession } from '../../../contract/session';
import type { ImportSettings } from '../../../contract/worker';
import { fileInput } from '../../../node/files/file-input';
import { isCaseFile } from '../../../node/case-archive/is-case-file';
import { readEach, type RefusedRecording } from '../../../node/intake/recording-file';
import { copyTimeline, readParts, type Vault } from '../../../node/vault/vault';
import { importCase } from './import-case';
import { importReading, withScratch } from './import-recording';
import type { Job } from '../job';
import { hashFile, type KnownFiles } from './known-files';
import { recordOf } from './session-record';
import type { KeyedMutex } from '../../../contract/shared/mutex';

export interface FileSettings extends ImportSettings {
  passphrase?: string | undefined;
  /** It was found, not named: no link in its place is followed, and nobody can be asked for its passphrase. */
  isAmongOthers?: boolean;
}

/** What became of one file, beside the sessions that were told one by one. */
export interface ImportedFile {
  /** Its sessions that were in the library before. */
  present: StoredSession[];
  /** Members of an archive or a case file that could not be imported, while others could. */
  refused: RefusedRecording[];
}

interface FileImport {
  vault: Vault;
  known: KnownFiles;
  /** By the hash of a file: the same one isn't imported twice at once. */
  mutex: KeyedMutex;
  /** ms since 1970. */
  now: number;
  /** A session of it is in the library now. */
  onStored: (session: StoredSession) => void;
}

/**
 * Imports a recording, an archive of some, or a case file, as far as its sessions aren't in the library yet.
 * Errors: recording-*, case-*, passphrase-*, file-*, disk-*, cancelled. The vault is as it was then, but for the sessions that were told.
 */
export async function importFile(
  { vault, known, mutex, now, onStored }: FileImport,
  path: string,
  { passphrase, isAmongOthers = false, ...settings }: FileSettings,
  { signal, onProgress }: Job,
): Promise<ImportedFile> {
  const refusesLinks = isAmongOthers;
  const sha256 = await hashFile(await fileInput(path, { signal, refusesLinks }));
  return mutex.run(sha256, async () => {
    const before = await known.sessionsOf(vault, sha256);
    const present = [...before.values()];
    const isWanted = (place: number): boolean => !before.has(place);
    const keep = async (session: StoredSession): Promise<void> => {
      await known.add(vault, session);
      onStored(session);
    };
    const options = { ...settings, now, signal };
    if (await isCaseFile(path)) {
      const choice = { passphrase, sha256, before, onStored: keep, onProgress };
      const reading = importCase(vault, path, { ...options, ...choice });
      const refused = await reading.catch((error: unknown) => {
        // Of one that was opened before, it isn't known whether it holds more than what is still there.
        if (isAmongOthers && present.length > 0 && isSealed(error)) return [];
        throw error;
      });
      return { present, refused };
    }
    const onRead = (done: number, total: number): void => onProgress({ phase: 'reading', done, total });
    const input = await fileInput(path, { signal, onRead, refusesLinks });
    const sourceName = basename(path);
    return withScratch(vault, async (scratch) => {
      const { found, refused, damageAround } = await readEach(
        input,
        async (reading, name, place) => {
          const title = name === '' ? sourceName : `${sourceName} · ${name}`;
          const origin = { title, from: 'file' as const, sourceName, file: { sha256, place } };
          const session = await importReading(vault, reading, origin, options);
          await keep(session);
          return { id: session.id };
        },
        { scratch, limits: settings.caps ?? {}, isWanted },
      );
      const [first] = found;
      if (first && damageAround.length > 0) await changeFacts(vault, first.id, first.facts);
      return { present, refused };
    });
  });
}

function isSealed(error: unknown): boolean {
  return hasCode(error, 'passphrase-needed');
}

/** What is found out about a recording after it was stored: damage of the archive that it was in. */
async function changeFacts(vault: Vault, id: string, facts: StoredSession['facts']): Promise<void> {
  const writer = await vault.rewrite(id, await vault.segments(id));
  const record = { ...recordOf(await vault.get(id)), facts };
  await copyTimeline(vault, id, writer);
  await writer.commit(record, await readParts(vault, id));
}
