import { digitsOf } from './entities';
import { isUnsegmented } from './unsegmented-scripts';

/**
 * The ways to search for a value. `anywhere`: also inside longer texts. `anywhere-with-pieces`: the same, also for its words with
 * digits. `alone`: only as a complete text or a word of one. `not`: not at all, because the value is not private.
 */
type Search = 'anywhere' | 'anywhere-with-pieces' | 'alone' | 'not';

/** Something that the user typed or that the page sent, trimmed. */
export interface Value {
  text: string;
  /** Typed into a password field, or sent under the key of a password. */
  isSecret: boolean;
}

/** The facts of the session and of its policy that decide whether a value is private. */
export interface ValueContext {
  /** True for a date or a time of the session itself. */
  isMoment: (text: string) => boolean;
  /** True if the page showed the text before it was typed or sent. */
  wasShown: (text: string) => boolean;
  isKnownWord: (word: string) => boolean;
  isCommonWord: (word: string) => boolean;
  staysText: boolean;
}

/** Shorter values are part of harmless content by chance. */
export const shortestText = 5;

/** Numbers with fewer digits are part of harmless content by chance. */
const fewestDigits = 7;

export interface ValueRule {
  name: string;
  /** A value that this rule decides, and none before it. */
  example: Value;
  applies: (value: Value, context: ValueContext) => boolean;
  search: Search;
}

const hasLetter = (text: string): boolean => /\p{L}/u.test(text);
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);
/** True for several words, for a capitalised one, and for one with a character that words don't have. */
const mayBeName = (text: string): boolean => /\s/.test(text) || /^\p{Lu}/u.test(text) || /[^\p{L}'’_/-]/u.test(text);

const everyWord = (text: string, isKnown: (word: string) => boolean): boolean =>
  splitWords(text).every((word) => isKnown(word));
const isShort = (text: string): boolean => splitWords(text).length <= 2;

/** Returns all words of a text, also the short ones, without quotes around them. */
function splitWords(text: string): string[] {
  return text
    .normalize('NFKC')
    .replace(/[’‘ʼ]/g, "'")
    .split(/[^\p{L}\p{M}']+/u)
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '');
}

const typed = (text: string): Value => ({ text, isSecret: false });

/** The first rule that applies decides. */
export const valueRules: readonly ValueRule[] = [
  {
    name: 'neither letters nor digits',
    example: typed('—'),
    applies: ({ text }) => !/[\p{L}\p{N}]/u.test(text),
    search: 'not',
  },
  {
    name: 'a moment of the session, which every export with times holds',
    example: typed('2026-11-23'),
    applies: ({ text }, { isMoment }) => isMoment(text),
    search: 'not',
  },
  {
    name: 'a number of up to three digits, like the counts and sizes in every export',
    example: typed('400'),
    applies: ({ text, isSecret }) => !isSecret && /^\d{1,3}$/.test(text),
    search: 'not',
  },
  {
    name: 'few ASCII characters',
    example: typed('Ann'),
    applies: ({ text }) => text.length < shortestText && isAscii(text),
    search: 'alone',
  },
  {
    name: 'a long number',
    example: typed('98200 12345'),
    applies: ({ text }) => !hasLetter(text) && digitsOf(text).length >= fewestDigits,
    search: 'anywhere',
  },
  {
    name: 'a short number',
    example: typed('42.50'),
    applies: ({ text }) => !hasLetter(text),
    search: 'alone',
  },
  {
    name: 'letters with digits, or an address',
    example: typed('Ring twice, gate code 4417#'),
    applies: ({ text }) => /[\d@]/.test(text),
    search: 'anywhere-with-pieces',
  },
  {
    name: 'words of the page itself',
    example: typed('Place order'),
    applies: ({ text }, { wasShown }) => wasShown(text),
    search: 'not',
  },
  {
    name: 'a name in a script without spaces, under a policy that masks page text',
    example: typed('李小明'),
    applies: ({ text }, { staysText }) => !staysText && isUnsegmented(text),
    search: 'anywhere',
  },
  {
    name: 'few characters of another alphabet',
    example: typed('Žofi'),
    applies: ({ text }) => text.length < shortestText,
    search: 'alone',
  },
  {
    name: 'a password',
    example: { text: 'correcthorse', isSecret: true },
    applies: ({ isSecret }) => isSecret,
    search: 'anywhere',
  },
  {
    name: 'words that the policy keeps readable',
    example: typed('Add to cart'),
    applies: ({ text }, { isKnownWord }) => everyWord(text, isKnownWord),
    search: 'not',
  },
  {
    name: 'one or two words that are common in interfaces, and so in the words of every export',
    example: typed('Recorded session'),
    applies: ({ text }, { isCommonWord }) => mayBeName(text) && isShort(text) && everyWord(text, isCommonWord),
    search: 'alone',
  },
  {
    name: 'several words or a capitalised word, such as a name',
    example: typed('Priya Raman'),
    applies: ({ text }) => mayBeName(text),
    search: 'anywhere',
  },
  {
    name: 'a single lower-case word, which is too common to search for anywhere',
    example: typed('correcthorse'),
    applies: () => true,
    search: 'alone',
  },
];

/** Returns the rule that decides how a value is searched for. */
export function ruleFor(value: Value, context: ValueContext): ValueRule {
  const rule = valueRules.find(({ applies }) => applies(value, context));
  if (!rule) throw new Error('the last rule applies to every value');
  return rule;
}
