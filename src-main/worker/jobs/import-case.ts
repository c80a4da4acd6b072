import { basename } from 'node:path';
import { CasementError } from '../../contract/errors';
import type { Progress } from '../../contract/rpc';
import type { StoredSession } from '../../contract/session';
import { ImportPass } from '../../core/import/import-pass';
import { readCaseContent } from '../../node/case-archive/case-content';
import { factsFrom, listCaseRecordings, readCustody } from '../../node/case-archive/case-recordings';
import { assertUnbroken, openCase } from '../../node/case-archive/read-case';
import { readInAnyOrder } from '../../node/recording-file';
import type { Vault } from '../../node/vault/vault';
import { keepCase } from './import-about';
import { runPass, storeIn, withRuns, writeWith, type ImportOptions } from './import-recording';

interface CaseImport extends ImportOptions {
  passphrase?: string | undefined;
  onProgress?: (progress: Progress) => void;
}

/**
 * Imports the sessions of a case file, every byte of which is checked first; the last one is returned. A whole case becomes one here.
 * Errors: case-*, passphrase-*, recording-*, disk-*, cancelled.
 */
export function importCase(vault: Vault, path: string, options: CaseImport): Promise<StoredSession> {
  return withRuns(vault, async (runs) => {
    const opened = await openCase(path, { passphrase: options.passphrase, runs });
    try {
      const { signal, onProgress } = options;
      const verification = await opened.verify({
        signal,
        onProgress: (done, total) => onProgress?.({ phase: 'checking', done, total }),
      });
      assertUnbroken(verification);
      const custody = await readCustody(opened);
      const content = await readCaseContent(opened);
      const sessions: StoredSession[] = [];
      for (const { title, notes, index, input } of await listCaseRecordings(opened)) {
        signal.throwIfAborted();
        onProgress?.({ phase: 'reading', done: 0, total: 0 });
        const session = await readInAnyOrder(
          input,
          async (reading) =>
            writeWith(await vault.create(), async (writer) => {
              const { thresholds } = options;
              const pass = new ImportPass({ thresholds, startedAt: index.startedAt, ...storeIn(writer) });
              const parts = await runPass(pass, reading.items, signal);
              const record = {
                title,
                from: 'case' as const,
                sourceName: basename(path),
                pulledAt: options.now,
                facts: factsFrom(index, reading.facts()),
                verification,
                custody,
              };
              return writer.commit(record, { ...parts, windowNumbers: reading.windowNumbers() }, notes);
            }),
          { runs, repeats: 'keep', limits: options.caps ?? {} },
        );
        sessions.push(session);
      }
      const last = sessions.at(-1);
      if (!last) throw new CasementError('case-unreadable', { reason: 'it holds no recording' });
      if (content) await keepCase(vault, content, sessions, verification, options.now);
      return last;
    } finally {
      opened.close();
    }
  });
}
