import { hasCode } from '../../contract/errors';
import type { LeakLocation } from '../../contract/words/gate';
import type { Found } from '../leak-check';
import type { Literal } from '../redaction/entities';
import type { Finds } from './check';
import { addReports } from './join';
import type { PreparedExport } from './prepare';

/** The channel of the redaction report for each location. */
const channels: Readonly<Record<LeakLocation, string>> = {
  'page-text': 'text',
  value: 'input',
  attribute: 'attribute',
  address: 'url',
  style: 'style',
  console: 'console',
  network: 'network',
  custom: 'custom',
  image: 'image',
  line: 'text',
  elsewhere: 'other',
};

/** More values mean that the redaction missed a kind of value, not a few values. */
const literalsLimit = 2_000;

/**
 * The values that the gate found in an export, for a second redaction of the same export. They stay in the process that redacts, and get
 * into no error and no log.
 */
export class Repairs implements Finds {
  private readonly found = new Map<string, Literal>();

  /** `hidesOwnTexts`: the user agreed that private values are masked in notes, titles and other texts of the user, too. */
  constructor(readonly hidesOwnTexts = false) {}

  get literals(): readonly Literal[] {
    return [...this.found.values()];
  }

  /** The values themselves, without the other spellings of them. */
  get values(): readonly string[] {
    return [...new Set(this.literals.map(({ of }) => of))];
  }

  /** Takes what the gate found at a location of a part that is redacted. */
  add({ text, of }: Found, location: LeakLocation): void {
    if (this.found.size >= literalsLimit || this.found.has(text)) return;
    this.found.set(text, { value: text, of, channel: this.found.get(of)?.channel ?? channels[location] });
  }
}

/** One pass usually suffices. The second hides what the first has uncovered, such as a value next to another. */
const mostRepairs = 2;

/**
 * Redacts, checks and writes an export. If the gate refuses it, repeats that with the values that the gate found hidden as well. Throws
 * leak-refused if private data is still there, or if the user has to change a text.
 */
export async function withRepair<T>(attempt: (repairs: Repairs) => Promise<T>, hidesOwnTexts = false): Promise<T> {
  const repairs = new Repairs(hidesOwnTexts);
  for (let round = 0; ; round++) {
    const known = repairs.literals.length;
    try {
      return await attempt(repairs);
    } catch (error) {
      if (!hasCode(error, 'leak-refused') || round === mostRepairs || repairs.literals.length === known) throw error;
    }
  }
}

/** Returns how many values the sessions of an export hide only because the gate had found them, by channel. */
export function repairedIn(prepared: readonly Pick<PreparedExport, 'report'>[]): Readonly<Record<string, number>> {
  return prepared.map(({ report }) => report).reduce(addReports).repaired ?? {};
}
