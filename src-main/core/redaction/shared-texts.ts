import { toPlainLine } from '../text/plain-line';

/** Texts that were seen by enough users to count as part of the interface. */
export interface SharedTexts {
  /** Returns whether the complete text is one of them. Always false for texts that `sharedLine` refuses, such as those with digits. */
  has(text: string): boolean;
}

/** In characters. Stored texts are cut at a much higher limit, so a cut text never counts as complete. */
const longest = 250;

/**
 * Returns the form in which a text is counted, with single blanks. Returns undefined for texts that must not stay even if many users saw
 * them: digits are amounts, dates or numbers even if many users have the same ones; a single letter may be part of a word that is split into
 * many texts; and invisible characters can hide other content.
 */
function sharedLine(text: string): string | undefined {
  if (text.length > longest * 4) return undefined;
  const line = text.trim().replace(/\s+/g, ' ');
  if (line.length > longest || /\p{N}/u.test(line) || !/\p{L}\P{L}*\p{L}/u.test(line)) return undefined;
  return line === toPlainLine(text) ? line : undefined;
}

/** A user who saw a text. Different names within a group are different people; names of different groups may be the same person. */
export interface Viewer {
  group: string;
  name: string;
}

interface Count {
  group: string;
  name: string;
  /** The number of users of this group who saw the text. */
  users: number;
  isShared: boolean;
}

/**
 * Counts how many users saw each of the given texts. Groups are counted separately and the largest decides, because the same person may have
 * a name in each. Memory depends on the texts only, not on the number of users.
 */
export class TextCount {
  private readonly counts = new Map<string, Count>();

  /** `texts`: the texts to count. */
  constructor(
    texts: Iterable<string>,
    private readonly minUsers: number,
  ) {
    for (const text of texts) {
      const line = sharedLine(text);
      if (line !== undefined) this.counts.set(line, { group: '', name: '', users: 0, isShared: false });
    }
  }

  /** Adds the texts of one session. Sessions must be ordered by group, then by user. */
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
