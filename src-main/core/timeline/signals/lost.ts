import type { TimelineEntry } from '../../../contract/timeline';
import type { Draft } from '../draft';
import { toPlainLine } from '../../text/plain-line';

/** Losses with the same reason and less than this between them are one entry … */
const apartMs = 10_000;
/** … of at most this duration. */
const longestMs = 60_000;
/** The most open spells at a time; further losses are added to the first. */
const spellsLimit = 50;

interface Spell {
  windowId: string;
  /** Undefined for changes that could not be applied to the page. */
  reason?: string | undefined;
  at: number;
  lastAt: number;
  count: number;
}

/** Plain JSON, to resume later. */
export interface LostState {
  spells: Spell[];
}

/** Collects what is missing in a recording: damaged parts, and changes that could not be applied to a page. Many at once are one entry. */
export class LostTrack {
  private spells: Spell[];

  constructor(
    private readonly emit: (draft: Draft, windowId: TimelineEntry['windowId']) => void,
    saved: LostState = { spells: [] },
  ) {
    this.spells = saved.spells;
  }

  save(): LostState {
    return { spells: this.spells };
  }

  get isWaiting(): boolean {
    return this.spells.length > 0;
  }

  get openSince(): number | undefined {
    return this.spells.length === 0 ? undefined : Math.min(...this.spells.map(({ at }) => at));
  }

  add(windowId: string, reason: string | undefined, at: number, count = 1): void {
    const fitting = this.spells.find((spell) => spell.windowId === windowId && spell.reason === reason);
    const spell = fitting ?? (this.spells.length >= spellsLimit ? this.spells[0] : undefined);
    if (!spell) {
      this.spells.push({ windowId, reason, at, lastAt: at, count });
      return;
    }
    spell.lastAt = Math.max(spell.lastAt, at);
    spell.count += count;
  }

  settle(now: number): void {
    const isOver = ({ at, lastAt }: Spell): boolean => now - lastAt >= apartMs || now - at >= longestMs;
    if (this.spells.some(isOver)) this.emitSpells(isOver);
  }

  finish(): void {
    this.emitSpells(() => true);
  }

  private emitSpells(isOver: (spell: Spell) => boolean): void {
    const over = this.spells.filter(isOver);
    this.spells = this.spells.filter((spell) => !over.includes(spell));
    for (const { windowId, reason, at, lastAt, count } of over) {
      const shown = reason === undefined ? undefined : toPlainLine(reason, 120);
      const draft: Draft = {
        at,
        kind: 'lost',
        severity: 'warning',
        verb: shown === undefined ? 'misfit' : 'lost',
        ...(lastAt > at && { durationMs: lastAt - at }),
        facts: { count },
        ...(shown !== undefined && { quotes: { reason: shown } }),
      };
      this.emit(draft, windowId);
    }
  }
}
