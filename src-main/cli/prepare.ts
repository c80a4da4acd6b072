import type { Policy } from '../contract/policy';
import { software } from '../contract/software';
import { words } from '../contract/words/cli';
import type { ExportFacts } from '../core/export/artifact';
import { prepareTimeline } from '../core/export/prepare-timeline';
import { prepareExport, type PreparedExport } from '../core/export/prepare';
import type { Repairs } from '../core/export/repair';
import type { ScratchStore } from '../core/recording/normalise/normalise';
import type { Pseudonyms } from '../core/redaction/private-values/pseudonyms';
import { createCasePseudonyms } from '../node/export/case-pseudonyms';
import type { InputRecording } from './input';
import type { Terminal } from './terminal';

interface PrepareChoice {
  /** Shared by all inputs of one export. */
  pseudonyms?: Pseudonyms;
  /** The values that the gate found in an earlier attempt. */
  repairs?: Repairs;
  /** False for exports that contain timelines only. */
  hasRecording?: boolean;
}

/** Redacts the recordings of an input one after another, into the store. */
export async function prepareInput(
  recordings: InputRecording[],
  policy: Policy,
  scratch: ScratchStore,
  terminal: Terminal,
  { pseudonyms = createCasePseudonyms(), repairs, hasRecording = true }: PrepareChoice = {},
): Promise<PreparedExport[]> {
  const prepared: PreparedExport[] = [];
  if (policy.sharedText !== 'off') terminal.print(words.noSharedText);
  terminal.print(words.redacting(recordings.reduce((sum, { count }) => sum + count, 0)));
  for (const { events, facts, clock, notes, exported } of recordings) {
    const { startedAt, durationMs, windows } = facts;
    const options = { policy, notes, pseudonyms, startedAt, clock, literals: repairs?.literals };
    const isTimeline = exported !== undefined && windows.length === 0;
    prepared.push(
      isTimeline
        ? await prepareTimeline(exported, { ...options, durationMs })
        : await prepareExport(events, { ...options, exported, scratch, hasRecording, signal: terminal.signal }),
    );
  }
  return prepared;
}

export function exportFacts(title: string, policy: Policy, terminal: Terminal): ExportFacts {
  return { title, software, policy: policy.name, generatedAt: terminal.now().toISOString() };
}
