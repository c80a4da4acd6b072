import type { SessionEvent } from '../../src-main/contract/recorded-event';
import type { StoredSession } from '../../src-main/contract/session';
import type { Note } from '../../src-main/contract/note';
import { TextTrack } from '../../src-main/core/recording/model/visible-text';
import { createTimelineBuilder } from '../../src-main/core/timeline/build';
import { readEvents, type SessionParts, type SessionRecord, type Vault } from '../../src-main/node/vault/vault';

/** Stores events in a vault unchanged, each list as one segment of one window, without the import pass. */
export async function storeSession(
  vault: Vault,
  record: SessionRecord,
  segments: Iterable<SessionEvent[]>,
  notes: Note[] = [],
): Promise<StoredSession> {
  const writer = await vault.create();
  try {
    for (const events of segments) {
      const json = Buffer.from(JSON.stringify(events.map(({ event }) => event)));
      const times = events.map(({ event }) => event.timestamp);
      const segment = {
        windowId: events[0]?.windowId ?? '1',
        startMs: Math.min(...times),
        endMs: Math.max(...times),
        events: events.length,
        bytes: json.length,
        keyframe: 0,
      };
      await writer.addSegment(segment, json);
    }
    return await writer.commit(record, noParts(), notes);
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

export async function collectEvents(vault: Vault, id: string): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  for await (const event of readEvents(vault, id)) events.push(event);
  return events;
}

/** Returns everything that is stored of a session except its id. */
export async function contentOf(vault: Vault, { id, facts, errorCount }: StoredSession): Promise<unknown> {
  return {
    facts,
    errorCount,
    events: await collectEvents(vault, id),
    timeline: await vault.readTimeline(id),
    texts: sortTexts(await vault.readTexts(id)),
  };
}

function sortTexts<T extends { windowId: string; text: string }>(texts: T[]): T[] {
  return texts.sort((a, b) => (`${a.windowId} ${a.text}` < `${b.windowId} ${b.text}` ? -1 : 1));
}

/** An empty result of the import pass. */
export function noParts(): SessionParts {
  const timeline = createTimelineBuilder({ times: 'absolute' });
  return {
    texts: [],
    state: { timeline: timeline.save(), texts: new TextTrack().save() },
    windowNumbers: {},
  };
}
