import { basename } from 'node:path';
import { CasementError } from '../../contract/errors';
import type { SessionEvent } from '../../contract/recorded-event';
import type { StoredSession } from '../../contract/session';
import { ImportPass } from '../../core/import/import-pass';
import type { NormalisedItem } from '../../core/recording/normalise';
import { readCaseSessions } from '../../node/case-archive/case-sessions';
import { assertUnbroken, readCase } from '../../node/case-archive/read-case';
import type { Vault } from '../../node/vault/vault';
import { runPass, storeIn, writeWith, type ImportOptions } from './import-recording';

/** Events that go through the pass at once: enough to be quick, few enough to stop soon. */
const batchEvents = 500;

/** Imports the sessions of a case file; the last one is returned. Errors: case-*, recording-*, disk-*, cancelled. */
export async function importCase(vault: Vault, path: string, options: ImportOptions): Promise<StoredSession> {
  const opened = await readCase(path);
  try {
    assertUnbroken(opened.verification);
    let last: StoredSession | undefined;
    for (const { title, events, facts, notes } of await readCaseSessions(opened)) {
      options.signal.throwIfAborted();
      last = await writeWith(await vault.create(), async (writer) => {
        const pass = new ImportPass({
          thresholds: options.thresholds,
          startedAt: facts.startedAt,
          ...storeIn(writer),
        });
        const parts = await runPass(pass, inBatches(events), options.signal);
        const record = {
          title,
          from: 'case' as const,
          sourceName: basename(path),
          pulledAt: options.now,
          facts,
          verification: opened.verification,
        };
        return writer.commit(record, { ...parts, windowNumbers: {} }, notes);
      });
    }
    if (!last) throw new CasementError('case-unreadable', { reason: 'it holds no recording' });
    return last;
  } finally {
    opened.close();
  }
}

function* inBatches(events: readonly SessionEvent[]): Generator<NormalisedItem[]> {
  for (let start = 0; start < events.length; start += batchEvents) {
    yield events
      .slice(start, start + batchEvents)
      .map(({ windowId, event }) => ({ kind: 'event', windowId, event, json: undefined }));
  }
}
