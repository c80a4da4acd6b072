import { toPlainLine } from '../text/plain-line';

/** The texts that so many people saw that they are the interface's own. */
export interface SharedTexts {
  /** Is this whole text one of them? Never where it holds what no interface says to everybody alike. */
  has(text: string): boolean;
}

/** Stored texts are cut well above this, so that no cut one is taken for a whole one. */
const longest = 250;

/**
 * A text as it is counted: with one blank for each run of them; undefined where none may stay however many saw it. Digits are somebody's
 * amount, date or number even where many have the same; a single letter may be a piece of a word that is cut into many texts; and what
 * can't be seen may say something else than what can.
 */
function sharedLine(text: string): string | undefined {
  if (text.length > longest * 4) return undefined;
  const line = text.trim().replace(/\s+/g, ' ');
  if (line.length > longest || /\p{N}/u.test(line) || !/\p{L}\P{L}*\p{L}/u.test(line)) return undefined;
  return line === toPlainLine(text) ? line : undefined;
}

/** Who saw something. Names of one group tell people apart; two names of different groups may be one person. */
export interface Viewer {
  group: string;
  name: string;
}

interface Count {
  group: string;
  name: string;
  /** Of this group. */
  users: number;
  isShared: boolean;
}

/**
 * Counts by how many users each of some texts was seen. Whoever sees it under names of two groups counts once: the group that has most
 * decides. The memory is that of the texts, however many users there are.
 */
export class TextCount {
  private readonly counts = new Map<string, Count>();

  /** `texts`: of which it is to be known. */
  constructor(
    texts: Iterable<string>,
    private readonly minUsers: number,
  ) {
    for (const text of texts) {
      const line = sharedLine(text);
      if (line !== undefined) this.counts.set(line, { group: '', name: '', users: 0, isShared: false });
    }
  }

  /** What a user saw in one session. The sessions of a user follow each other, and so do the users of a group. */
  add({ group, name }: Viewer, texts: Iterable<string>): void {
    for (const line of texts) {
      const count = this.counts.get(line);
      if (!count || count.isShared || (count.users > 0 && count.group === group && count.name === name)) continue;
      if (count.group !== group) count.users = 0;
      Object.assign(count, { group, name });
      count.isShared = ++count.users >= this.minUsers;
    }
  }

  finish(): SharedTexts {
    const shared = new Set([...this.counts].filter(([, { isShared }]) => isShared).map(([line]) => line));
    return {
      has(text) {
        const line = sharedLine(text);
        return line !== undefined && shared.has(line);
      },
    };
  }
}
