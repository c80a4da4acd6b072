import type { TimelineThresholds } from '../../../contract/settings';
import type { TimelineEntry } from '../../../contract/timeline';
import { isCurrent, rebuildTimeline } from '../../../core/timeline/rebuild';
import { readEvents, readParts, type Vault } from '../../../node/vault/vault';
import { writeWith } from '../import/import-recording';
import { recordOf } from '../import/session-record';
import type { KeyedMutex } from '../../../contract/shared/mutex';

/**
 * Returns the timeline of a session with these thresholds. If it was built with others, it is rebuilt from the stored events and stored.
 * Throws session-unknown, vault-damaged, disk-*.
 */
export async function readTimelineBy(
  vault: Vault,
  mutex: KeyedMutex,
  id: string,
  thresholds: TimelineThresholds,
): Promise<TimelineEntry[]> {
  // The timeline comes from the platform or from a case file: it can't be built from the stored events.
  const { hasExportedTimeline } = await vault.get(id);
  if (hasExportedTimeline || (await vault.segments(id)).length === 0) return vault.readTimeline(id);
  const { state } = await vault.readResume(id);
  if (isCurrent(state.timeline, thresholds)) return vault.readTimeline(id);
  return mutex.run(id, () => rebuild(vault, id, thresholds));
}

async function rebuild(vault: Vault, id: string, thresholds: TimelineThresholds): Promise<TimelineEntry[]> {
  const parts = await readParts(vault, id);
  const stored = await vault.readTimeline(id);
  if (isCurrent(parts.state.timeline, thresholds)) return stored;
  const record = recordOf(await vault.get(id));
  const { startedAt } = record.facts;
  const { entries, state } = await rebuildTimeline(readEvents(vault, id), stored, {
    times: 'absolute',
    startedAt,
    thresholds,
  });
  await writeWith(await vault.rewrite(id, await vault.segments(id)), async (writer) => {
    await writer.addTimeline(entries);
    await writer.commit(record, { ...parts, state: { ...parts.state, timeline: state } });
  });
  return entries;
}
