import { basename } from 'node:path';
import { CasementError } from '../../contract/errors';
import type { Policy } from '../../contract/policy';
import type { TimelineThresholds } from '../../contract/settings';
import type { Progress } from '../../contract/rpc';
import type { StoredSession } from '../../contract/session';
import type { ExportFormat } from '../../contract/export-format';
import type { ExportFacts } from '../../core/export/artifact';
import { prepareExport, type PreparedExport } from '../../core/export/prepare';
import { writeExport } from '../../node/write-export';
import { readEvents, type Vault } from '../../node/vault/vault';

interface Job {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Redacts a stored session for an export or its preview. */
export async function prepareStored(
  vault: Vault,
  session: StoredSession,
  { policy, hasNotes, thresholds }: { policy: Policy; hasNotes: boolean; thresholds: TimelineThresholds },
  { signal, onProgress }: Job,
): Promise<PreparedExport> {
  // Redaction reads recorded pages: what it never saw, it can't vouch for.
  if (session.isTimelineOnly) throw new CasementError('export-timeline-only');
  return prepareExport(readEvents(vault, session.id), {
    policy,
    thresholds,
    notes: hasNotes ? await vault.readNotes(session.id) : [],
    startedAt: session.facts.startedAt,
    signal,
    onProgress: (done) => onProgress({ phase: 'redacting', done, total: session.facts.events }),
  });
}

/** Redacts, checks and writes one session. The old file stays whenever anything fails. */
export async function exportStored(
  vault: Vault,
  session: StoredSession,
  target: Parameters<typeof prepareStored>[2] & { format: ExportFormat; path: string },
  facts: Pick<ExportFacts, 'software' | 'generatedAt'>,
  job: Job,
): Promise<{ bytes: number; sha256: string }> {
  const prepared = await prepareStored(vault, session, target, job);
  job.onProgress({ phase: 'checking', done: 0, total: 0 });
  return writeExport({
    path: target.path,
    fileName: basename(target.path),
    format: target.format,
    facts: { ...facts, title: exportTitle(session), policy: target.policy.name },
    policy: target.policy,
    sessions: [
      {
        prepared,
        how: {
          action: session.connectionId === undefined ? 'imported' : 'pulled',
          at: new Date(session.pulledAt).toISOString(),
          source: session.from,
          format: session.facts.format,
        },
      },
    ],
    signal: job.signal,
  });
}

/** A stored session is called after its user or its file; an export is not. What came from a case file keeps its title. */
function exportTitle(session: StoredSession): string {
  return session.from === 'case' ? session.title : 'Recorded session';
}
