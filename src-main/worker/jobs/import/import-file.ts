import { basename } from 'node:path';
import { hasCode } from '../../../contract/errors';
import type { StoredSession } from '../../../contract/session';
import type { ImportSettings } from '../../../contract/worker';
import { fileInput } from '../../../node/files/file-input';
import { isCaseFile } from '../../../node/case-archive/is-case-file';
import { isTimelineFile } from '../../../node/intake/sniff-file';
import { readEach, type RefusedRecording } from '../../../node/intake/recording-file';
import { copyTimeline, readParts, type Vault } from '../../../node/vault/vault';
import { importCase } from './import-case';
import { importReading, withScratch } from './import-recording';
import { importTimeline } from './import-timeline';
import type { Job } from '../job';
import { hashFile, type KnownFiles } from './known-files';
import { recordOf } from './session-record';
import type { KeyedMutex } from '../../../contract/shared/mutex';

export interface FileSettings extends ImportSettings {
  passphrase?: string | undefined;
  /** The file was found in a folder: symbolic links aren't followed, and the user isn't asked for a passphrase. */
  isAmongOthers?: boolean;
}

/** The result of importing a file, except for its new sessions, which `onStored` reports. */
export interface ImportedFile {
  /** Its sessions that were already in the library. */
  present: StoredSession[];
  /** Members of an archive or a case file that could not be imported although others could. */
  refused: RefusedRecording[];
}

interface FileImport {
  vault: Vault;
  known: KnownFiles;
  /** Keyed by a file's hash, so that the same file isn't imported twice at the same time. */
  mutex: KeyedMutex;
  /** ms since 1970. */
  now: number;
  /** Called with each session of the file that is added to the library. */
  onStored: (session: StoredSession) => void;
}

/**
 * Imports the sessions of a recording, a timeline without replay, an archive or a case file that aren't in the library yet.
 * Throws recording-*, case-*, passphrase-*, file-*, disk-*, cancelled. Sessions that `onStored` has reported stay in the vault.
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
        // Some of its sessions are in the library. Without the passphrase it is unknown whether there are more.
        if (isAmongOthers && present.length > 0 && isSealed(error)) return [];
        throw error;
      });
      return { present, refused };
    }
    const onRead = (done: number, total: number): void => onProgress({ phase: 'reading', done, total });
    const input = await fileInput(path, { signal, onRead, refusesLinks });
    const sourceName = basename(path);
    if (await isTimelineFile(input)) {
      const file = { sha256, place: 0 };
      const origin = { title: sourceName, from: 'file' as const, sourceName, file, isTimelineOnly: true as const };
      if (isWanted(0)) await keep(await importTimeline(vault, input, { origin, storedId: undefined }, options));
      return { present, refused: [] };
    }
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

/** Updates the facts of a stored recording with damage of its archive, which is found later. */
async function changeFacts(vault: Vault, id: string, facts: StoredSession['facts']): Promise<void> {
  const writer = await vault.rewrite(id, await vault.segments(id));
  const record = { ...recordOf(await vault.get(id)), facts };
  await copyTimeline(vault, id, writer);
  await writer.commit(record, await readParts(vault, id));
}
