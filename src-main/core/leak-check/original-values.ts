import type { Allowed } from './allowed';
import { skeleton } from './decode/skeleton';
import { digitsOf, findEmails, findNumbers } from './entities';
import { PageWords } from './page-words';
import { styleWords } from './style-words';
import { isUnsegmented } from './unsegmented-scripts';
import { ruleFor, shortestText, type ValueContext } from './value-rules';

/** The maximum number of values to keep: the largest recordings seen have hundreds. */
const originalsLimit = 100_000;

/** The gate searches for the first characters of a longer value. */
export const textLimit = 200;

/** Shorter numbers and words are not searched for at all. */
const fewestDigits = 3;
const fewestCharacters = 2;

/** A local part of a mail address as long as this is searched for without its host, if it can't be a plain word. */
const longLocalPart = 7;

const dayMs = 86_400_000;

/** Few hexadecimal digits are part of every id and every escape by chance, so they are searched for alone. */
const shortHex = /^(?:\\u)?[0-9a-f-]{1,7}$/i;

function isShortHex(text: string): boolean {
  return shortHex.test(/^[\x20-\x7e]*$/.test(text) ? text : skeleton(text));
}

/** The values of a session that must not be in its export. */
export class OriginalValues {
  /** Searched for anywhere. */
  readonly texts = new Set<string>();
  /** Searched for alone: as a complete text or a word of one. */
  readonly leaves = new Set<string>();
  readonly pageWords: PageWords;
  private readonly time: { earliest: number; latest: number };

  /** `session`: values of the same session, whose page words and times are shared. */
  constructor(
    private readonly allowed: Pick<Allowed, 'isKnownWord' | 'isCommonWord' | 'staysText'>,
    session?: OriginalValues,
  ) {
    this.pageWords = session?.pageWords ?? new PageWords();
    this.time = session?.time ?? { earliest: Infinity, latest: -Infinity };
  }

  /** `timestamp`: of an event of the session, ms. */
  noteTime(timestamp: number): void {
    this.time.earliest = Math.min(this.time.earliest, timestamp);
    this.time.latest = Math.max(this.time.latest, timestamp);
  }

  /** Returns true for a date or a time of the session itself: every export with times holds it. */
  isMoment(text: string): boolean {
    // Seconds or milliseconds, also with a fraction.
    const number = /^\d{10}(?:\d{3})?(?:\.\d{1,9})?$/.test(text)
      ? Number((text.split('.')[0] ?? '').padEnd(13, '0'))
      : undefined;
    const at = number ?? (/^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]*Z?)?$/.test(text) ? Date.parse(text.slice(0, 10)) : NaN);
    return at >= this.time.earliest - 2 * dayMs && at <= this.time.latest + 2 * dayMs;
  }

  keepAnywhere(text: string): void {
    const trimmed = text.trim();
    if (trimmed.length < shortestText && !isUnsegmented(trimmed)) return;
    if (this.texts.size >= originalsLimit) return;
    if (isShortHex(trimmed)) this.leaves.add(trimmed).add(skeleton(trimmed));
    else this.texts.add(trimmed.slice(0, textLimit));
  }

  /** `seq`: the number of the event with the value. A text that the page showed before is not private. */
  private keepAlone(text: string, seq: number): void {
    const isNumber = !/\p{L}/u.test(text);
    if (isNumber ? digitsOf(text).length < fewestDigits : text.length < fewestCharacters) return;
    if (this.allowed.isKnownWord(text) || styleWords.has(text) || this.pageWords.wasShown(text, seq)) return;
    if (this.leaves.size < originalsLimit) this.leaves.add(text);
  }

  /** Keeps a value that was typed or sent, as `valueRules` decide. `seq`: as for `keepAlone`. */
  keepValue(value: string, seq: number, isSecret = false): void {
    const text = value.trim();
    const { isKnownWord, isCommonWord, staysText } = this.allowed;
    const context: ValueContext = {
      isMoment: (part) => this.isMoment(part),
      wasShown: (part) => this.pageWords.wasShown(part, seq),
      isKnownWord,
      isCommonWord,
      staysText,
    };
    const { search } = ruleFor({ text, isSecret }, context);
    if (search === 'alone') this.keepAlone(text, seq);
    else if (search !== 'not') this.keepAnywhere(text);
    if (search === 'anywhere-with-pieces') this.keepPieces(text);
  }

  /** Keeps the words of a text that say something without the others, such as the `4417#` of `gate code 4417#`. */
  private keepPieces(text: string): void {
    for (const piece of text.split(/\s+/)) {
      const isTelling = piece.length >= 6 && /\d/.test(piece) && /\p{L}|\d{7}/u.test(piece);
      if (isTelling && !this.isMoment(piece)) this.keepAnywhere(piece);
    }
  }

  /** Keeps mail addresses, card numbers and whatever else is private by its form. Returns true if there were any. */
  keepEntities(text: string): boolean {
    const emails = findEmails(text);
    for (const email of emails) {
      this.keepAnywhere(email);
      const [local = ''] = email.split('@');
      if (local.length >= longLocalPart && /[._\d]/.test(local)) this.keepAnywhere(local);
    }
    const numbers = findNumbers(text).filter((number) => !this.isMoment(number));
    for (const number of numbers) this.keepAnywhere(number);
    return emails.length > 0 || numbers.length > 0;
  }
}
