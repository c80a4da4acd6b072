import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource, incrementalData } from '../events';
import { isRecord, listOf } from '../json';

/**
 * Returns whether a host of adopted style sheets may be inserted, or get its shadow root, after an event that lets it adopt them. A
 * cheap check that may return true without need, and returns false for nearly all recordings.
 */
export function losesSheets(events: readonly RecordedEvent[]): boolean {
  const adopted = new Set<unknown>();
  let rooted: Set<unknown> | undefined;
  for (const event of events) {
    const adoption = incrementalData(event, IncrementalSource.AdoptedStyleSheet);
    if (adoption) adopted.add(adoption.id);
    if (event.type === EventType.FullSnapshot) adopted.clear();
    if (adopted.size === 0) continue;
    for (const add of listOf(incrementalData(event, IncrementalSource.Mutation)?.adds)) {
      if (!isRecord(add)) continue;
      if (containsAny(add.node, adopted)) return true;
      if (!isRecord(add.node) || add.node.isShadow !== true || !adopted.has(add.parentId)) continue;
      rooted ??= findRooted(events);
      if (!rooted.has(add.parentId)) return true;
    }
  }
  return false;
}

function containsAny(top: unknown, ids: ReadonlySet<unknown>): boolean {
  const open = [top];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isRecord(node)) continue;
    if (ids.has(node.id)) return true;
    open.push(...listOf(node.childNodes));
  }
  return false;
}

/** Returns the ids of the shadow hosts in full snapshots. */
function findRooted(events: readonly RecordedEvent[]): Set<unknown> {
  const rooted = new Set<unknown>();
  for (const { type, data } of events) {
    if (type !== EventType.FullSnapshot || !isRecord(data)) continue;
    const open = [data.node];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (!isRecord(node)) continue;
      const children = listOf(node.childNodes);
      const isHost = node.isShadowHost === true || children.some((child) => isRecord(child) && child.isShadow === true);
      if (isHost) rooted.add(node.id);
      open.push(...children);
    }
  }
  return rooted;
}
