import { readFile } from 'node:fs/promises';
import { defaultThresholds } from '../contract/settings';
import type { TimelineEntry } from '../contract/timeline';
import { judge } from '../contract/shared/verdict';
import { words } from '../contract/words/cli';
import { checkTimeline } from '../core/casefile/check-timeline';
import { ImportPass } from '../core/import/import-pass';
import { auditPath } from '../core/casefile/audit';
import type { RecordingInput } from '../core/recording/parse';
import { toPlainLine } from '../core/text/plain-line';
import { listCaseRecordings } from '../node/case-archive/case-recordings';
import { assertUnbroken, openCase } from '../node/case-archive/read-case';
import { onDisk } from '../node/files/disk-errors';
import { fileInput } from '../node/files/file-input';
import { readInAnyOrder } from '../node/intake/recording-file';
import { readAllowedSigners } from '../node/signing/allowed-signers';
import { needOneFile, readArguments } from './arguments';
import type { Terminal } from './terminal';
import { caseReading, withStore } from './with-store';

/**
 * `verify X.casement [--signers F] [--passphrase-file F] [--json]`. Throws case-changed, case-signature or case-audit for a broken file, after
 * printing its verdict.
 */
export async function runVerify(args: string[], terminal: Terminal): Promise<void> {
  const given = readArguments(args, {
    json: { type: 'boolean' },
    signers: { type: 'string' },
    'passphrase-file': { type: 'string' },
  });
  const path = needOneFile(given);
  // Reports an empty or missing file as such before the archive reader reports it as damaged.
  await fileInput(path);
  const signers = await readSigners(given.options.signers);
  await withStore(async (scratch) => {
    const opened = await openCase(path, await caseReading(given, scratch));
    try {
      const verification = await opened.verify({ signal: terminal.signal });
      const verdict = judge(verification, signers);
      if (given.flags.has('json')) {
        terminal.write(`${JSON.stringify({ ...verification, ...verdict }, null, 2)}\n`);
      } else {
        for (const { path: entry, hash, isMatching } of verification.entries) {
          terminal.write(`${isMatching ? 'ok    ' : 'BROKEN'} ${hash} ${entry}\n`);
        }
        const { fingerprint = '' } = verification.signer ?? {};
        const broken = verification.entries.filter((entry) => !entry.isMatching).map((entry) => entry.path);
        const { audit } = verification;
        if (audit?.isProven) {
          terminal.write(`${words.audit(audit.records, audit.size, audit.at, audit.fingerprint ?? '')}\n`);
        } else if (audit) {
          broken.push(auditPath);
        }
        const name = verdict.verdict === 'known' ? toPlainLine(verdict.name) : '';
        terminal.write(`${words.verdicts[verdict.verdict]({ fingerprint, name, broken })}\n`);
      }
      assertUnbroken(verification);
      // A verified case file must also be readable.
      for (const { id, index, entries, input } of await listCaseRecordings(opened)) {
        const recomputed = index.chunks.length === 0 ? [] : await recompute(input, index.startedAt);
        if (entries && !given.flags.has('json'))
          terminal.write(`${words.timelineCheck(id, checkTimeline(entries, recomputed))}\n`);
      }
    } finally {
      opened.close();
    }
  });
}

/** Returns the timeline that a redacted recording gives. Throws recording-*. */
function recompute(input: RecordingInput, startedAt: number): Promise<TimelineEntry[]> {
  return readInAnyOrder(
    input,
    async ({ items }) => {
      const entries: TimelineEntry[] = [];
      const pass = new ImportPass({
        thresholds: defaultThresholds,
        startedAt,
        writeSegment: () => Promise.resolve(),
        writeTimeline: (part) => Promise.resolve(void entries.push(...part)),
      });
      for await (const batch of items) await pass.add(batch);
      await pass.finish();
      return entries;
    },
    { repeats: 'keep' },
  );
}

/** Throws file-missing, disk-*. */
async function readSigners(path: string | undefined): Promise<ReturnType<typeof readAllowedSigners>['signers']> {
  return path === undefined ? [] : readAllowedSigners(await onDisk(() => readFile(path, 'utf8'))).signers;
}
