import type { Damage, RecordingFacts } from '../../contract/session';
import { kindOf, type NormalisedItem } from '../recording/normalise/normalise';

/** Updates the facts of a recording that grows. */
export class GrowingFacts {
  private readonly windows: Set<string>;
  private readonly counts: Record<string, number>;
  private readonly damage: Map<string, number>;
  private events: number;
  private endMs: number;

  constructor(private readonly old: RecordingFacts) {
    this.windows = new Set(old.windows);
    this.counts = { ...old.counts };
    this.damage = new Map(old.damage.map(({ reason, count }) => [reason, count]));
    this.events = old.events;
    this.endMs = old.startedAt + old.durationMs;
  }

  add(items: readonly NormalisedItem[]): void {
    for (const item of items) {
      if (item.kind === 'lost') {
        this.damage.set(item.reason, (this.damage.get(item.reason) ?? 0) + 1);
        continue;
      }
      const kind = kindOf(item.event);
      this.windows.add(item.windowId);
      this.counts[kind] = (this.counts[kind] ?? 0) + 1;
      this.events++;
      this.endMs = Math.max(this.endMs, item.event.timestamp);
    }
  }

  finish(): RecordingFacts {
    const damage: Damage[] = [...this.damage].map(([reason, count]) => ({ reason, count }));
    return {
      ...this.old,
      windows: [...this.windows],
      counts: this.counts,
      damage,
      events: this.events,
      durationMs: this.endMs - this.old.startedAt,
    };
  }
}
