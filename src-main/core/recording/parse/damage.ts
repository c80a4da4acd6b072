import type { Damage } from '../../../contract/session';
import { damageWords } from '../../../contract/words/recording';

/** Damage of the bytes: a part was cut off or changed on its way or in its storage. Other damage was recorded like that. */
const losses: ReadonlySet<string> = new Set([
  damageWords.timelineLine,
  damageWords.lineUnreadable,
  damageWords.lineCutOff,
  damageWords.cutOff,
  damageWords.compressedCutOff,
  damageWords.compressedDamaged,
  damageWords.eventUnreadable,
  damageWords.structure,
  damageWords.notUtf8,
  damageWords.packedUnreadable,
  damageWords.fieldUnreadable,
  damageWords.memberUnreadable,
  damageWords.memberTooLarge,
  damageWords.archiveDamaged,
]);

/** Returns whether a kind of damage means that a part of the recording is missing. */
export const isLoss = (reason: string): boolean => losses.has(reason);

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
