import { CasementError } from '../contract/errors';
import type { RecordingFacts } from '../contract/session';
import type { TimelineEntry } from '../contract/timeline';
import { damageWords } from '../contract/words/recording';
import { readTimelineLines, toTimelineEntry, type TimelineLine } from '../core/import/timeline-file';
import { timelineFacts } from '../core/import/timeline-facts';
import type { RecordingInput } from '../core/recording/parse';

/** Reads a file that `pull` wrote for a platform without replay. Throws recording-empty, and the errors of the input. */
export async function readTimelineFile(
  input: RecordingInput,
): Promise<{ entries: TimelineEntry[]; facts: RecordingFacts }> {
  const lines: TimelineLine[] = [];
  let lost = 0;
  for await (const batch of readTimelineLines(input.open())) {
    for (const line of batch) {
      if (line) lines.push(line);
      else lost++;
    }
  }
  lines.sort((one, other) => one.at - other.at);
  const startedAt = lines[0]?.at;
  if (startedAt === undefined) throw new CasementError('recording-empty');
  const durationMs = (lines.at(-1)?.at ?? startedAt) - startedAt;
  const damage = lost > 0 ? [{ reason: damageWords.timelineLine, count: lost }] : [];
  return {
    entries: lines.map((line) => toTimelineEntry(line, startedAt)),
    facts: timelineFacts({ format: 'timeline', events: lines.length, startedAt, durationMs, damage }),
  };
}
