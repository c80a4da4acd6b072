import { defaultThresholds } from '../../src-main/contract/settings';
import type { RecordingFacts } from '../../src-main/contract/session';
import type { TimelineEntry } from '../../src-main/contract/timeline';
import { ImportPass, type ImportedParts } from '../../src-main/core/import/import-pass';
import type { FinishedSegment } from '../../src-main/core/import/segment-cutter';
import { inputOf } from '../../src-main/core/recording/parse';
import { readInAnyOrder } from '../../src-main/node/intake/recording-file';

export interface InMemoryImport extends ImportedParts {
  facts: RecordingFacts;
  segments: FinishedSegment[];
  timeline: TimelineEntry[];
}

/** Imports a recording's bytes as the worker does, but keeps the result in memory. */
export function importInMemory(bytes: Uint8Array): Promise<InMemoryImport> {
  return readInAnyOrder(inputOf(bytes), async (reading) => {
    const segments: FinishedSegment[] = [];
    const timeline: TimelineEntry[] = [];
    const importPass = new ImportPass({
      thresholds: defaultThresholds,
      writeSegment: (finished) => {
        segments.push(finished);
        return Promise.resolve();
      },
      writeTimeline: (entries) => {
        timeline.push(...entries);
        return Promise.resolve();
      },
    });
    for await (const items of reading.items) await importPass.add(items);
    return { ...(await importPass.finish()), facts: reading.facts(), segments, timeline };
  });
}
