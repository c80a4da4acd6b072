import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Policy } from '../contract/policy';
import type { ExportFormat, TimelineFormat } from '../contract/export-format';
import { buildCaseEntries } from '../core/casefile/entries';
import { encodeText } from '../core/casefile/text';
import { caseDocuments, caseSession, writeTimeline, type ExportFacts } from '../core/export/artifact';
import { assertNoLeak } from '../core/export/check';
import type { PreparedExport } from '../core/export/prepare';
import { createLeakCheck, joinOriginals } from '../core/redaction/leak-check';
import { writeCase } from './case-archive/write-case';
import { writeFileAtomically } from './files/atomic-write';
import { onDisk } from './files/disk-errors';

export interface ExportOrder {
  path: string;
  /** Checked like the content: a file's name travels further than the file. */
  fileName: string;
  format: ExportFormat;
  facts: ExportFacts;
  policy: Policy;
  /** One for a timeline, one or more for a case file. */
  sessions: { prepared: PreparedExport; how: Parameters<typeof caseSession>[2] }[];
  signal?: AbortSignal;
}

/** The gate for these sessions: hand it every finished part with its channel. Errors: leak-refused, cancelled. */
export function gateFor(
  prepared: readonly PreparedExport[],
  signal?: AbortSignal,
): (bytes: Uint8Array, channel: string) => void {
  const check = createLeakCheck(joinOriginals(prepared.map(({ originals }) => originals)));
  return (bytes, channel) => {
    signal?.throwIfAborted();
    assertNoLeak(check, bytes, channel);
  };
}

/**
 * Writes an export past the gate, which reads the finished bytes of every part; then, and only then, the file takes its place.
 * Errors: leak-refused, disk-*, cancelled.
 */
export async function writeExport(order: ExportOrder): Promise<{ bytes: number; sha256: string }> {
  const { sessions, facts, path } = order;
  const assertClean = gateFor(
    sessions.map(({ prepared }) => prepared),
    order.signal,
  );
  assertClean(encodeText(order.fileName), 'file name');
  assertClean(encodeText(facts.title), 'title');
  for (const { prepared } of sessions) for (const note of prepared.notes) assertClean(encodeText(note.text), 'note');

  if (order.format === 'case') {
    const documents = caseDocuments(
      sessions.map(({ prepared }) => prepared),
      facts,
    );
    const entries = buildCaseEntries(
      sessions.map(({ prepared, how }) => caseSession(prepared, facts, how)),
      documents,
    );
    const head = {
      title: facts.title,
      created: facts.generatedAt,
      software: facts.software,
      redaction: { policy: order.policy.name, policyVersion: order.policy.policyVersion },
    };
    await writeCase(path, head, entries, (entry) => assertClean(entry.bytes, entry.path));
  } else {
    const [session] = sessions;
    if (!session) throw new Error('an export without a session');
    const bytes = renderTimeline(order.format, session.prepared, facts, assertClean);
    await writeFileAtomically(path, bytes);
  }
  const written = await onDisk(() => readFile(path));
  return { bytes: written.length, sha256: createHash('sha256').update(written).digest('hex') };
}

/** A timeline past the gate, as the bytes of its file. Errors: leak-refused. */
export function renderTimeline(
  format: TimelineFormat,
  prepared: PreparedExport,
  facts: ExportFacts,
  assertClean = gateFor([prepared]),
): Uint8Array {
  const bytes = encodeText(writeTimeline(format, prepared, facts));
  assertClean(bytes, `timeline (${format})`);
  return bytes;
}
