import { CasementError } from '../../../contract/errors';
import type { RecordedEvent } from '../../../contract/recorded-event';
import type { RecordingFacts } from '../../../contract/session';
import { damageWords } from '../../../contract/words/recording';
import { EventType, IncrementalSource } from '../events';
import { isRecord } from '../json';
import { readMeta, type PageFacts } from '../page-size';
import { DamageTally } from '../parse/damage';
import { kindNumber } from './repeats';

/** Returns rrweb's name of an event's type, or of its source if it is incremental. */
export function kindOf({ type, data }: RecordedEvent): string {
  if (type !== EventType.IncrementalSnapshot || !isRecord(data)) return EventType[type] ?? 'Unknown';
  return IncrementalSource[Number(data.source)] ?? 'Unknown';
}

/** Returns whether a recording contains a page to replay. */
export function hasPage({ counts }: Pick<RecordingFacts, 'counts'>): boolean {
  return (counts[EventType[EventType.FullSnapshot]] ?? 0) > 0;
}

/** Collects the facts about a recording from its events in order. */
export class FactsTally {
  readonly damage = new DamageTally();
  events = 0;
  private readonly windows = new Set<string>();
  private readonly seeing = new Set<string>();
  private readonly counts = new Map<number, { kind: string; count: number }>();
  private startedAt = 0;
  private endedAt = 0;
  private page: PageFacts | undefined;

  add(windowId: string, event: RecordedEvent): void {
    if (this.events++ === 0) this.startedAt = event.timestamp;
    this.endedAt = event.timestamp;
    const number = kindNumber(event);
    const known = this.counts.get(number);
    if (known) known.count++;
    else this.counts.set(number, { kind: kindOf(event), count: 1 });
    this.windows.add(windowId);
    if (event.type === EventType.FullSnapshot) this.seeing.add(windowId);
    else if (event.type === EventType.Meta) this.page ??= readMeta(event);
  }

  /** Call once, at the end. Throws recording-empty. */
  finish(format: string): RecordingFacts {
    if (this.events === 0) throw new CasementError('recording-empty');
    const damage = new DamageTally();
    damage.addAll(this.damage.list());
    // Without any page, the session is a timeline, and no tab of it differs from the others.
    if (this.seeing.size > 0) damage.add(damageWords.blindWindow, this.windows.size - this.seeing.size);
    const counts: Record<string, number> = {};
    for (const { kind, count } of this.counts.values()) counts[kind] = (counts[kind] ?? 0) + count;
    return {
      format,
      windows: [...this.windows],
      events: this.events,
      startedAt: this.startedAt,
      durationMs: this.endedAt - this.startedAt,
      counts,
      damage: damage.list(),
      width: this.page?.width ?? 0,
      height: this.page?.height ?? 0,
    };
  }
}
