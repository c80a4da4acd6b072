import type { Damage } from '../../../contract/session';

/** Counts damage by reason. */
export class DamageTally {
  private readonly counts = new Map<string, number>();

  add(reason: string, count = 1): void {
    if (count > 0) this.counts.set(reason, (this.counts.get(reason) ?? 0) + count);
  }

  addAll(damage: readonly Damage[]): void {
    for (const { reason, count } of damage) this.add(reason, count);
  }

  list(): Damage[] {
    return [...this.counts].map(([reason, count]) => ({ reason, count }));
  }
}
